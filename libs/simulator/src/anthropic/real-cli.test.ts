import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ClaudeCli, type CliLine, startClaudeCli } from '../../testing/claude-cli.ts';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import type { ModelRequest } from './describe-request.ts';

const TIMEOUT_MS = 60_000;

describe('the simulated model behind the real CLI', { timeout: TIMEOUT_MS }, () => {
  let simulator: Simulator;
  let cli: ClaudeCli;

  beforeEach(async () => {
    simulator = await startSimulator();
    cli = await startClaudeCli(simulator.url);
  });
  afterEach(async () => {
    await cli.stop();
    await simulator.close();
  });

  /** Resolves once so many requests of that kind came. */
  function requests(matches: (request: ModelRequest) => boolean, count: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = simulator.anthropic.onRequest(() => {
        if (simulator.anthropic.requests.filter(matches).length < count) return;
        stop();
        resolve();
      });
    });
  }
  const continuations = (count: number) => requests(({ kind }) => kind === 'continuation', count);

  test('a message without a directive gets an answer that says it is simulated', async () => {
    const result = await cli.ask('good morning');
    expect(result.result).toContain('This is the simulated model');
    expect(result.result).toContain('You said: "good morning"');
    const [turn] = simulator.anthropic.turns();
    expect(turn?.lastUserText).toBe('good morning');
    expect(turn?.system).toContain('You are the persona of this test.');
    expect(turn?.auth).toMatchObject({ apiKey: true, bearer: false });
    expect(JSON.stringify(turn)).not.toContain('"simulated"');
  });

  test('directives are carried out in order: thought, text, tool, and the next request goes on behind the tool', async () => {
    const result = await cli.ask(
      'Please:\n[[think hm]]\n[[say First this.]]\n[[tool Bash {"command":"echo [[$((40+2))]]","description":"count"}]]\n[[results]]\n[[say Done with it.]]',
    );
    expect(result).toMatchObject({ is_error: false, result: 'Done with it.' });
    const [turn, next, ...rest] = simulator.anthropic.requests;
    expect(turn).toMatchObject({ kind: 'turn', outcome: 'answered', toolResults: [] });
    expect(next).toMatchObject({ kind: 'continuation', toolResults: [{ text: '[[42]]', isError: false }] });
    expect(rest).toEqual([]);
    expect(said(cli.lines)).toEqual(['First this.', '[[42]]', 'Done with it.']);
  });

  test('after a crash in the middle of a turn the resumed CLI is answered from where the script was', async () => {
    cli.send('[[tool Bash {"command":"echo one","description":"one"}]][[wait 600000]][[say done]]');
    await continuations(1);
    // The CLI writes its transcript a moment later, and resumes from what is written.
    await cli.next((line) => line.type === 'transcript_mirror' && JSON.stringify(line).includes('"tool_result"'));
    cli = await cli.crashAndResume();
    cli.start();
    await continuations(2);
    const [turn, before, after] = simulator.anthropic.requests;
    expect([turn, before, after].map((request) => request?.kind)).toEqual(['turn', 'continuation', 'continuation']);
    expect(after).toMatchObject({ resumed: true, retry: 1, toolResults: [{ text: 'one' }] });
    expect(after?.userTexts).toEqual(turn?.userTexts);
  });

  test('several tools in one response come back together', async () => {
    const calls = [1, 2].map((at) => ({ name: 'Bash', input: { command: `echo ${at}`, description: 'x' } }));
    await cli.ask(`[[tools ${JSON.stringify(calls)}]] [[say both]]`);
    const texts = simulator.anthropic.requests[1]?.toolResults.map(({ text }) => text);
    expect(texts?.sort()).toEqual(['1', '2']);
  });

  test('the model remembers what was said before', async () => {
    await cli.ask('my cat is called Miso');
    const result = await cli.ask('[[recall]]');
    expect(result.result).toBe('I remember:\n1. my cat is called Miso');
    expect(simulator.anthropic.turns().at(-1)?.userTexts).toEqual(['my cat is called Miso', '[[recall]]']);
  });

  test('memory survives a compaction, whose request counts as a side request', async () => {
    await cli.ask('the code is 7319');
    await cli.ask('/compact', true);
    const result = await cli.ask('[[recall]]');
    expect(result.result).toContain('the code is 7319');
    expect(simulator.anthropic.requests.some(({ kind }) => kind === 'side')).toBe(true);
  });

  test('an error that is served twice is retried by the CLI and then answered', async () => {
    const result = await cli.ask('[[error 529 times 2]] [[say finally]]');
    expect(result.result).toBe('finally');
    expect(simulator.anthropic.turns().map(({ outcome, retry }) => ({ outcome, retry }))).toEqual([
      { outcome: 'failed 529', retry: 0 },
      { outcome: 'failed 529', retry: 1 },
      { outcome: 'answered', retry: 2 },
    ]);
  });

  test('after a turn that failed, the next message is answered for itself', async () => {
    const failed = await cli.ask('[[error 400]]');
    expect(failed.is_error).toBe(true);
    const result = await cli.ask('[[say better]]');
    expect(result).toMatchObject({ is_error: false, result: 'better' });
    expect(simulator.anthropic.turns().at(-1)?.userTexts).toEqual(['[[error 400]]', '[[say better]]']);
  });

  test('a stream comes in many pieces', async () => {
    const result = await cli.ask('[[stream 2000 over 400]]');
    expect(result.result).toHaveLength(2000);
    const deltas = cli.lines.filter((line) => JSON.stringify(line).includes('text_delta'));
    expect(deltas.length).toBeGreaterThan(8);
  });

  test('a connection cut in the middle of a stream is tried again by the CLI', async () => {
    cli.send('[[cut]]');
    await requests(({ outcome }) => outcome === 'cut', 2);
    expect(simulator.anthropic.requests.every(({ lastUserText }) => lastUserText === '[[cut]]')).toBe(true);
  });
});

function said(lines: readonly CliLine[]): string[] {
  return lines
    .filter((line) => line.type === 'assistant')
    .flatMap((line) => (line.message as { content: { type: string; text?: string }[] }).content)
    .flatMap((block) => (block.type === 'text' ? [block.text ?? ''] : []));
}
