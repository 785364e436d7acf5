import type { Report } from '@signalbox/homelab';
import { expect, it } from 'vitest';
import { houseTools, isHouseTool } from './house-tools.ts';

const report: Report = {
  level: 'error',
  title: 'Kuma: 1 of 9 down',
  lines: [{ level: 'error', text: 'nas is down' }, { text: 'the rest is up' }],
  table: { head: ['name', 'ms'], rows: [['npm', '12']] },
};
const asked: (readonly string[])[] = [];
const view = {
  topics: ['status', 'kuma'].map((name) => ({ name, usage: `/${name} [filter]`, description: name })),
  look: async (name: string, args: readonly string[]) => {
    asked.push([name, ...args]);
    return report;
  },
};
const { signal } = new AbortController();

it('a persona has the tools that it lists, and no other', () => {
  expect(houseTools(view, ['homelab_kuma', 'Bash', 'homelab_nothing']).map(({ name }) => name)).toEqual([
    'homelab_kuma',
  ]);
  expect(houseTools(view, [])).toEqual([]);
  expect(['homelab_kuma', 'WebFetch'].map(isHouseTool)).toEqual([true, false]);
});

it('a tool asks what the command asks, and answers in words', async () => {
  const [tool] = houseTools(view, ['homelab_kuma']);
  const { text } = (await tool?.run({ words: ' nas  npm ' }, signal)) ?? { text: '' };
  expect(asked).toEqual([['kuma', 'nas', 'npm']]);
  expect(text).toBe('Kuma: 1 of 9 down (error)\n[error] nas is down\nthe rest is up\nname | ms\nnpm | 12');
  expect(tool?.readOnly).toBe(true);
});

it('what is no input for it is refused', async () => {
  const [tool] = houseTools(view, ['homelab_kuma']);
  expect(await tool?.run({ words: 'x'.repeat(300) }, signal)).toMatchObject({ isError: true });
});
