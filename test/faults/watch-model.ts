import type { AnthropicSimulator } from '@signalbox/simulator';
import type { History } from './history.ts';

/** How a message begins that a person of the run says: `#p03-17 …`. */
const ID = /#([a-z]\w*-\d+)/g;

/** Notes each request that reaches the model, when it comes. Returns what ends that. */
export function watchModel(anthropic: AnthropicSimulator, history: History): () => void {
  return anthropic.onRequest((request) => {
    // It is told of twice, when it comes and when it is over; and the CLI has questions of its own.
    if (request.outcome !== 'open' || request.kind === 'side') return;
    const { kind, userTexts, sessionId = '', retry, resumed, at } = request;
    const ids = userTexts.flatMap((text) => [...text.matchAll(ID)].map(([, id = '']) => id));
    history.record({ type: 'asked', kind, ids, claudeSession: sessionId, retry, resumed }, at);
  });
}
