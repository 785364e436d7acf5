import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configure } from '../configuration/configure.ts';
import { HomelabError, type HomelabErrorCode } from '../contract/homelab-error.ts';
import { defineIntegration, type Integration, type IntegrationContext } from '../contract/integration.ts';
import type { Report } from '../contract/report.ts';
import { checkIntegration, runIntegration } from './run-integration.ts';

type Run = (context: IntegrationContext<unknown>, args: readonly string[]) => Promise<Report>;
const well: Report = { level: 'ok', title: 'lamp: on', lines: [] };

function integration(run: Run, more: Partial<Integration> = {}) {
  const lamp = defineIntegration<unknown>({
    name: 'lamp',
    usage: '/lamp',
    description: 'Whether the light is on',
    variables: {},
    config: z.object({}),
    needsNothing: true,
    timeoutMs: 200,
    run,
    summary: ({ title }) => title,
    check: async (context) => void (await run(context, [])),
    ...more,
  });
  const configured = configure(lamp, {});
  if (configured.state !== 'configured') throw new Error('It needs nothing');
  return configured;
}

function options(signal = new AbortController().signal) {
  const logged: object[] = [];
  return { logged, signal, now: () => 0, log: { warn: (fields: object) => void logged.push(fields) } };
}

const never = () => new Promise<never>(() => undefined);

describe('an integration', () => {
  it('is given its words, and its report is what comes of it', async () => {
    const run: Run = async (_context, args) => ({ ...well, title: args.join('+') });
    expect(await runIntegration(integration(run), ['a', 'b'], options())).toEqual({
      report: { ...well, title: 'a+b' },
      summary: 'a+b',
    });
  });

  it.each<[HomelabErrorCode, string]>([
    ['unreachable', 'error'],
    ['timeout', 'error'],
    ['answer', 'error'],
    ['refused', 'unknown'],
    ['certificate', 'unknown'],
    ['rights', 'unknown'],
  ])('that fails as “%s” has its sentence as its report, of the level %s', async (code, level) => {
    const run = async () => {
      throw new HomelabError(code, 'LAMP_URL does not answer.');
    };
    expect(await runIntegration(integration(run), [], options())).toEqual({
      report: { level, title: 'lamp', lines: [{ text: 'LAMP_URL does not answer.' }] },
      summary: 'lamp: LAMP_URL does not answer.',
      problem: 'LAMP_URL does not answer.',
    });
    expect(await checkIntegration(integration(run), options())).toBe('LAMP_URL does not answer.');
  });

  it('that fails unforeseen says so without its words, which are in the log', async () => {
    const run = async () => {
      throw new TypeError('the password is hunter2');
    };
    const around = options();
    const { report } = await runIntegration(integration(run), [], around);
    expect(report.level).toBe('unknown');
    expect(JSON.stringify(report)).toMatch(/unforeseen.*log/);
    expect(JSON.stringify(report)).not.toContain('hunter2');
    expect(around.logged).toMatchObject([{ integration: 'lamp', err: { message: 'the password is hunter2' } }]);
  });

  it.each([undefined, {}, { level: 'fine', title: 't', lines: [] }, { level: 'ok', title: 't' }])(
    'that gives back %j, which is no report, has failed unforeseen',
    async (value) => {
      const { problem } = await runIntegration(
        integration(async () => value as Report),
        [],
        options(),
      );
      expect(problem).toMatch(/unforeseen/);
    },
  );

  it('that hangs is given up at its limit', async () => {
    const { problem } = await runIntegration(integration(never), [], options());
    expect(problem).toBe('No answer within 0.2 s.');
  });

  it('that is told to stop at its limit may still say what it knows', async () => {
    const run: Run = ({ signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ ...well, title: 'half' })));
    expect((await runIntegration(integration(run), [], options())).report.title).toBe('half');
  });

  it('rejects when nobody waits any more', async () => {
    const gone = new AbortController();
    const asked = runIntegration(integration(never), [], options(gone.signal));
    gone.abort(new Error('The process stops'));
    await expect(asked).rejects.toThrow('The process stops');
  });

  it('that answers is in order for the doctor', async () => {
    expect(
      await checkIntegration(
        integration(async () => well),
        options(),
      ),
    ).toBeUndefined();
  });
});
