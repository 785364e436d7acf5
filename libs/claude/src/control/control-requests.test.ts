import { expect, test } from 'vitest';
import { ControlRequests } from './control-requests.ts';

function requests() {
  const written: { request_id: string; request: object }[] = [];
  const control = new ControlRequests(async (line) => void written.push(line as (typeof written)[number]));
  const settle = (response: { subtype: string; request_id: string; response?: unknown; error?: unknown }) =>
    control.settle({ kind: 'control_response', response });
  return { control, written, settle };
}

test('answers find their questions, in any order', async () => {
  const { control, written, settle } = requests();
  const first = control.ask({ subtype: 'initialize' });
  const second = control.ask({ subtype: 'interrupt' });
  const [a, b] = written.map(({ request_id }) => request_id);
  settle({ subtype: 'success', request_id: b ?? '', response: 'b' });
  settle({ subtype: 'success', request_id: 'of somebody else', response: 'x' });
  settle({ subtype: 'success', request_id: a ?? '', response: 'a' });
  await expect(Promise.all([first, second])).resolves.toEqual(['a', 'b']);
});

test('a refusal rejects with its words', async () => {
  const { control, written, settle } = requests();
  const asked = control.ask({ subtype: 'new' });
  settle({ subtype: 'error', request_id: written[0]?.request_id ?? '', error: 'Unsupported' });
  await expect(asked).rejects.toThrow('Claude refused a control request: Unsupported');
});

test('at the end all open questions and all later ones reject', async () => {
  const { control } = requests();
  const open = control.ask({ subtype: 'interrupt' });
  control.rejectAll(new Error('it ended'));
  await expect(open).rejects.toThrow('it ended');
  await expect(control.ask({ subtype: 'interrupt' })).rejects.toThrow('it ended');
});

test('a pipe that is closed is told by the end of the process, not by the question', async () => {
  const control = new ControlRequests(() => Promise.reject(new Error('EPIPE')));
  const asked = control.ask({ subtype: 'initialize' });
  control.rejectAll(new Error('it ended with code 1'));
  await expect(asked).rejects.toThrow('it ended with code 1');
});
