import { describe, expect, it } from 'vitest';
import { contextFor } from '../../testing/context.ts';
import { host } from './host.ts';

describe('/host', () => {
  it('shows this machine without any variable', async () => {
    const context = contextFor(host, {});
    const report = await host.run(context, []);
    expect(report.title).toMatch(/^This host: load \d+ %, mem \d+ %, disk \d+ %$/);
    expect(report.lines.map(({ text }) => text.split(' ')[0])).toEqual(
      expect.arrayContaining(['load', 'memory', 'disk', 'up']),
    );
    expect(host.summary({ ...report, lines: [] })).toBe(report.title);
    await host.check(context);
  });

  it('looks at the disks of HOST_PATHS', async () => {
    const report = await host.run(contextFor(host, { HOST_PATHS: '/, /nowhere' }), []);
    expect(report.lines).toContainEqual(
      expect.objectContaining({ level: 'unknown', text: 'disk /nowhere cannot be read: ENOENT' }),
    );
    expect(host.config.safeParse({ HOST_PATHS: 'here' }).error?.issues[0]?.path).toEqual(['HOST_PATHS']);
  });
});
