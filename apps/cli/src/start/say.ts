/** Says a sentence of Signalbox itself, between the lines of the apps. */
export function say(sentence: string): void {
  console.log(`signalbox ${sentence}`);
}
