import { beginningOf, parseName } from '@signalbox/contracts';

/** How many words a name is made of. */
const MOST_WORDS = 3;
/** The longest name that is made, in UTF-16 units. */
const LONGEST = 24;
/** Words that say little about what a message is about. */
const FILLERS = new Set(
  (
    'a an and are at be but by can could do for from get give has have hello help here hey hi how http https i if in ' +
    'is it its just let like make me my no not of on or our out please so some thanks that the there this to up us ' +
    'want was we what when where which who why will with would www you your'
  ).split(' '),
);

/** A session's name made from the first words of a message that say something; `chat` if there are none. Pure. */
export function nameFromWords(text: string): string {
  const words = (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).flatMap(asName);
  const telling = words.filter((word) => !FILLERS.has(word));
  return joined(telling) ?? joined(words) ?? 'chat';
}

/** The word as a name may hold it: as it is, else without its accents. */
function asName(word: string): string[] {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '');
  return [word, plain].flatMap((each) => parseName(each) ?? []).slice(0, 1);
}

function joined(words: readonly string[]): string | undefined {
  let name: string | undefined;
  for (const word of words.slice(0, MOST_WORDS)) {
    const longer = name === undefined ? beginningOf(word, LONGEST) : `${name}-${word}`;
    if (longer.length > LONGEST) break;
    // One of another script may not go with the others.
    name = parseName(longer) ?? name;
  }
  return name;
}
