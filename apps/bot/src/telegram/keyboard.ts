/** The rows of buttons below a message: what stands on each, and what Telegram sends when it is pressed (at most 64 bytes). */
export type Keyboard = readonly (readonly { readonly label: string; readonly data: string }[])[];
