/** The server of this project's own tools, as Claude knows it. */
export const SERVER = 'signalbox';
/** The tool that sends files, as a rule that allows it names it. */
export const SEND_FILE = `mcp__${SERVER}__send_file`;
