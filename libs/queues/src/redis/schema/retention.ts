const DAY = 86_400;

/** How long things are kept, in seconds. Whoever writes or sets an expiry takes it from here, and so does the schema. */
export const retention = {
  /**
   * The idempotency window, 48 h: whatever came once is known for so long, so that it is not done again. Telegram delivers an update
   * again for up to 24 h, and a process may take as long to come back.
   */
  idempotency: 2 * DAY,
  /** What people may come back to: failed jobs, and questions that wait for an answer. */
  answerable: 14 * DAY,
  /** What Telegram does not give again of a message that is replied to. */
  repliable: 90 * DAY,
  /** The problems that a watch has told of. */
  watchState: 30 * DAY,
  /** A file that a worker asked for and never took. */
  requestedFile: 3_600,
  /** What a process says of itself again every few seconds. */
  sign: 30,
  /** What a person sends at once, in a group: the rest of it may come late. */
  sentAtOnce: 3_600,
  /** A lease that nobody renews. */
  lease: 6,
} as const;
