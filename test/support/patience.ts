/**
 * How long a test waits for what must come, in ms. It says nothing of how fast anything is (that is for the bench): a machine that is
 * busy with ten other things may need it, and a test that fails has waited for something that never came.
 */
export const PATIENCE_MS = 60_000;
