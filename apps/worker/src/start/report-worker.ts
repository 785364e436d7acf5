import type { PersonaCard, WorkerCard } from '@signalbox/contracts';
import type { Workforce } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { PersonaLibrary } from '@signalbox/sessions';

/** How often a worker says that it lives, in ms. */
const REPORT_EVERY_MS = 5_000;

/** Says again and again who this worker is and which personas it has, as their files stand now. */
export async function reportWorker(
  card: Omit<WorkerCard, 'seenAt'>,
  {
    workforce,
    library,
    log,
  }: { workforce: Pick<Workforce, 'report' | 'leave'>; library: Pick<PersonaLibrary, 'list'>; log: Log },
): Promise<{ stop(): Promise<void> }> {
  let toldOf = '';
  const report = async () => {
    const { personas, problems } = await library.list();
    const wrong = problems.map(({ file, problem }) => `${file}: ${problem}`).join('; ');
    if (wrong !== toldOf && wrong !== '') log.warn(`Personas that cannot be used: ${wrong}`);
    toldOf = wrong;
    const cards = personas.map(({ name, description }): PersonaCard => ({ name, description }));
    await workforce.report({ ...card, seenAt: Date.now() }, cards);
  };
  // Missing one does no harm: the next comes soon.
  const tryReport = () => report().catch((err: unknown) => log.debug({ err }, 'The worker could not report itself'));
  await tryReport();
  const timer = setInterval(tryReport, REPORT_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await workforce.leave(card.id).catch(() => undefined);
    },
  };
}
