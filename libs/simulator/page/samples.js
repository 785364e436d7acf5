import { byId, h } from './dom.js';

const use = (tool, input) => `[[tool ${tool} ${JSON.stringify(input)}]]`;

const PAGE = "echo '<h1>Hello</h1>' > index.html";
const NOTES = "printf '# Signals\\n\\nOne train at a time.\\n' > signals.md";
const COLOURS = [
  { label: 'Green', description: 'calm, as a clear line' },
  { label: 'Amber', description: 'careful, as a distant signal' },
  { label: 'Red', description: 'stop and look' },
];
const QUESTION = {
  question: 'Which colour shall the page have?',
  header: 'Colour',
  options: COLOURS,
  multiSelect: false,
};
const PLAN = '# A page about signals\n\n1. Write `index.html`\n2. Add a style in green\n3. Check it in the browser';

/** What to try, with what is said for it: to a real model in words, to the simulated one with directives. */
const SAMPLES = [
  {
    label: 'A permission',
    real: ['Write a small index.html with the shell command echo, so that I see what you run.'],
    simulated: [
      `Make a small page ${use('Bash', { command: PAGE, description: 'Make a small page' })} [[say The page is there.]]`,
    ],
  },
  {
    label: 'A question',
    real: ['Ask me with your question tool which of three colours a page shall have, and then repeat my answer.'],
    simulated: [`Which colour? ${use('AskUserQuestion', { questions: [QUESTION] })} [[results]]`],
  },
  {
    label: 'A plan',
    real: ['/mode plan', 'Plan a page about railway signals in three steps, and show me the plan.'],
    simulated: ['/mode plan', `How would you do it? ${use('ExitPlanMode', { plan: PLAN })} [[results]]`],
  },
  {
    label: 'A file',
    real: ['Write three lines about signals into signals.md and send me the file.'],
    simulated: [
      `Send me a file ${use('Bash', { command: NOTES, description: 'Write some notes' })} ${use('mcp__signalbox__send_file', { paths: ['signals.md'] })} [[say Here it is.]]`,
    ],
  },
  {
    label: 'A long answer',
    real: ['Explain in about 2,500 words how a mechanical signal box works, with a table and a code block.'],
    simulated: ['Tell me everything [[markdown]] [[stream 14000 over 6000]]'],
  },
];

/** The samples that can be tried here. @param say says texts, one after the other, as the person of the open chat */
export function createSamples({ say }) {
  const list = byId('sample-list');
  const samples = byId('samples');
  return {
    show(modelIsSimulated) {
      const buttons = SAMPLES.map(({ label, real, simulated }) => {
        const texts = modelIsSimulated ? simulated : real;
        const onclick = () => {
          samples.open = false;
          void say(texts);
        };
        return h('button', { type: 'button', title: texts.at(-1), onclick }, label);
      });
      list.replaceChildren(...buttons);
    },
  };
}
