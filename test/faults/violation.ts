/** The ways in which a promise can be broken. */
export const VIOLATIONS = {
  lost: 'a message that ended neither in an answer nor in a visible notice of failure',
  doubled: 'an answer that was shown twice without the mark',
  reordered: 'messages or answers out of the order in which they were said',
  'turn twice': 'a message that stands more than once in a conversation at the model',
  forgotten: 'an answered message that a later conversation at the model does not hold',
  misdirected: 'a message or an answer of one session in another’s conversation or place',
  'two Claudes': 'a moment with two Claude processes of one session',
  died: 'a process that ended although nobody killed it, or did not stop cleanly',
  'left behind': 'something that was still there after a clean stop',
} as const;
export type ViolationKind = keyof typeof VIOLATIONS;

/** One promise broken once. `at`: ms since the epoch. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly at: number;
  /** What was seen, for a person. */
  readonly detail: string;
  /** The message it happened to, if it was one. */
  readonly id?: string;
}
