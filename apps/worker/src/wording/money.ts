/** How what Claude uses is paid for: by the API's prices, with a subscription, or not at all. */
export type Billing = 'api' | 'subscription' | 'simulated';

/** A price as a person reads it. */
export function dollars(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'less than $0.01' : `$${usd.toFixed(2)}`;
}

/** What must be said of prices where nobody pays them; as lines. */
export function priceNote(billing: Billing): string[] {
  switch (billing) {
    case 'api':
      return [];
    case 'subscription':
      return ['Dollars are what the API would cost; with a subscription they are not charged.'];
    case 'simulated':
      return ['Dollars are what the API would cost; the model is simulated, and nothing is charged.'];
  }
}
