import { type PermissionMode, serveTools, type Tool } from '@signalbox/claude';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { collect, message, World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.dispose());

/** Options with a tool that gives back what it was given; `used` has that. */
function withEcho() {
  const used: string[] = [];
  const tool: Tool = {
    name: 'echo',
    readOnly: true,
    description: 'Gives back what it is given.',
    inputSchema: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
    async run(input) {
      const { word } = input as { word: string };
      used.push(word);
      if (word === 'break') throw new Error('a secret of ours');
      return word === 'wrong' ? { text: 'that was wrong', isError: true } : { text: `echo: ${word}` };
    },
  };
  const mcpServers = { here: serveTools({ name: 'here', version: '1.0.0' }, [tool]) };
  return { used, options: { mcpServers, allowedTools: ['mcp__here__echo'] } };
}

const use = (word: string) => `[[tool mcp__here__echo ${JSON.stringify({ word })}]]`;

test.each<PermissionMode>(['default', 'acceptEdits', 'plan', 'bypassPermissions', 'dontAsk'])(
  'a tool of this process that is allowed is used unasked in permission mode %s',
  async (permissionMode) => {
    const { used, options } = withEcho();
    const claude = await world.start({ ...options, permissionMode });
    const seen = collect();
    await claude.runTurn(message(`${use('hello')}[[results]]`), seen);
    expect(used).toEqual(['hello']);
    expect(seen.said).toEqual(['echo: hello']);
    expect(world.warnings).toEqual([]);
  },
);

test('a tool that fails says so to the model, one that breaks says nothing of ours, and the next message has it again', async () => {
  const { used, options } = withEcho();
  const claude = await world.start(options);
  const seen = collect();
  await claude.runTurn(message(`${use('wrong')}${use('break')}[[results]]`), seen);
  expect(used).toEqual(['wrong', 'break']);
  const results = world.simulator.anthropic.requests.at(-1)?.toolResults;
  expect(results).toMatchObject([{ text: 'that was wrong', isError: true }, { isError: true }]);
  expect(JSON.stringify(results)).not.toContain('secret of ours');
  expect(world.warnings).toEqual([expect.stringContaining('MCP server here failed')]);
  await claude.runTurn(message(use('again')), collect());
  expect(used).toEqual(['wrong', 'break', 'again']);
});

test('a turn that is continued after a crash has the tool', async () => {
  const { used, options } = withEcho();
  const first = await world.start(options);
  const interrupted = message(`[[wait 2000]]${use('hello')}[[results]]`);
  first.runTurn(interrupted, collect()).catch(() => undefined);
  await vi.waitUntil(() => world.hasUserRowWith('[[wait 2000]]'), { timeout: PATIENCE_MS });
  await world.crash(first);
  const second = await world.start({ ...options, inFlightUuid: interrupted.uuid });
  const seen = collect();
  expect(await second.runTurn(interrupted, seen)).toMatchObject({ status: 'answered', recovered: 'rerun' });
  expect(used).toEqual(['hello']);
  expect(seen.said).toEqual(['echo: hello']);
});
