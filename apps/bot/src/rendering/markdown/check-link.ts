const MAX_URL_LENGTH = 2048;

/**
 * The address that a `text_link` entity may carry, or `undefined` if Telegram would refuse it or the client could not open it: it must be http
 * or https, absolute, and its host a dotted name or an IP address. `tg:` is left out as well, because it can mention people.
 */
export function checkLink(href: string): string | undefined {
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return undefined;
  const { href: url, hostname } = new URL(href);
  const isReachable = hostname.includes('.') || hostname.startsWith('[');
  return isReachable && url.length <= MAX_URL_LENGTH ? url : undefined;
}

/** Whether showing `label` also shows `href`, so that the address need not be written out after it. */
export function labelShows(label: string, href: string): boolean {
  const bare = (text: string) => text.replace(/^(mailto:|https?:\/\/|\.\/)/i, '').replace(/\/$/, '');
  return bare(label.trim()) === bare(href.trim());
}
