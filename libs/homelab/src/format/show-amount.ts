const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** An amount of bytes: `84 GiB`, `1.7 TiB`. */
export function showBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  const amount = bytes / 1024 ** step;
  return `${amount < 10 && step > 0 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[step]}`;
}

/** A share of 1: `86 %`. Only what is full is shown as 100 %. */
export function showPercent(share: number): string {
  return `${share < 1 ? Math.min(Math.round(share * 100), 99) : Math.floor(share * 100)} %`;
}

/** `1 node`, `2 nodes`. */
export function showCount(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
