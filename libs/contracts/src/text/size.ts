import prettyBytes from 'pretty-bytes';

/** The size of a file as Telegram counts and people say it: "20 MB", "1.5 MB", with 1,024 KB in each; whole if it is. */
export function describeSize(bytes: number): string {
  const digits = Number.isInteger(bytes / 1_048_576) ? 0 : 1;
  const size = prettyBytes(bytes, { binary: true, minimumFractionDigits: digits, maximumFractionDigits: digits });
  return size.replace('iB', 'B');
}
