import { z } from 'zod';
import { port, text } from './schemas.ts';
import { variable } from './variable.ts';

export const dashboardVariables = {
  DASHBOARD_HOST: variable(z.string().default('127.0.0.1'), {
    topic: 'Dashboard',
    neededBy: ['dashboard'],
    expected: 'an address to listen on',
    meaning: 'Where the dashboard listens. Away from loopback it needs DASHBOARD_PASSWORD.',
    fallback: '`127.0.0.1`',
  }),
  DASHBOARD_PORT: variable(port(3000), {
    topic: 'Dashboard',
    neededBy: ['dashboard'],
    expected: 'a port, 0 to 65535',
    meaning: 'The dashboard’s port. 0 takes a free one. With compose: the port on this machine.',
    fallback: '`3000`',
  }),
  DASHBOARD_PASSWORD: variable(text, {
    topic: 'Dashboard',
    neededBy: ['dashboard'],
    expected: 'a password',
    meaning: 'The password of the user `admin`.',
    fallback: 'on loopback: one is made and printed at each start',
    secret: true,
  }),
};
