/** Extensions of the languages that are not named like their files. */
const EXTENSIONS: ReadonlyMap<string, string> = readPairs(`
  bash:sh c#:cs c++:cpp clojure:clj console:txt cplusplus:cpp csharp:cs elixir:ex erlang:erl fish:fish
  f#:fs golang:go graphql:graphql haskell:hs hcl:tf javascript:js javascriptreact:jsx jsonc:json
  julia:jl kotlin:kt latex:tex markdown:md matlab:m nginx:conf objective-c:m perl:pl plaintext:txt
  powershell:ps1 protobuf:proto pwsh:ps1 python:py python3:py ruby:rb rust:rs shell:sh
  shell-session:txt shellscript:sh systemd:service terraform:tf text:txt typescript:ts
  typescriptreact:tsx yaml:yaml yml:yaml zsh:sh
`);
/** Languages whose files have a name of their own. */
const WHOLE_NAMES: ReadonlyMap<string, string> = readPairs(`
  dockerfile:Dockerfile docker:Dockerfile makefile:Makefile make:Makefile cmake:CMakeLists.txt justfile:Justfile
`);
/** A path of a file, with its last part as the group. */
const PATH = /^(?:[\w.@~+-]*\/)*((?:[\w@+-][\w.@+-]*\.[A-Za-z][\w-]{0,11})|Dockerfile|Makefile|Justfile)$/;
/** How a comment on the first line may say which file it is. */
const COMMENT = /^\s*(?:\/\/|#|--|;|<!--|\/\*)\s*(?:file(?:name)?:\s*)?(\S+?)\s*(?:-->|\*\/)?\s*$/i;

/** A block of code, as its fence and its surroundings describe it. */
export interface CodeDescription {
  /** The first word of the fence's line; may be empty. */
  readonly language: string;
  /** What else stands on that line. */
  readonly info: string;
  /** The text of the paragraph or heading just before it. */
  readonly before: string;
  readonly code: string;
}

/**
 * What the file of a code block is called: as Claude called it, if that is evident, else `block-<number>` with the extension of its
 * language. No name is one of `taken`.
 */
export function nameCodeFile(block: CodeDescription, number: number, taken: ReadonlySet<string>): string {
  const named = givenName(block);
  const name =
    named ?? WHOLE_NAMES.get(block.language.toLowerCase()) ?? `block-${number}.${extensionOf(block.language)}`;
  return taken.has(name) ? `${number}-${name}` : name;
}

function givenName({ language, info, before, code }: CodeDescription): string | undefined {
  const titled = /(?:title|file(?:name)?|path)\s*[=:]\s*["']?([^"'\s}]+)/i.exec(info)?.[1];
  const [, behindColon] = /^[^:]*:(.+)$/.exec(language) ?? [];
  const [firstLine = ''] = code.split('\n', 1);
  const comment = COMMENT.exec(firstLine.slice(0, 200))?.[1];
  const candidates = [titled, behindColon, info.split(/\s/)[0], language, nameIn(before), comment];
  for (const candidate of candidates) {
    const name = fileNameIn(candidate);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A path that is all of a line, or the only one in a line that leads to the code with a colon. */
function nameIn(before: string): string | undefined {
  const line = before.trim().split('\n').at(-1)?.replace(/[*`]+/g, '').trim() ?? '';
  const words = line.replace(/:$/, '').split(/[\s(),]+/);
  const paths = words.filter((word) => fileNameIn(word) !== undefined);
  const isAlone = words.length === 1;
  return (isAlone || line.endsWith(':')) && paths.length === 1 ? paths[0] : undefined;
}

function fileNameIn(path: string | undefined): string | undefined {
  const name = PATH.exec(path ?? '')?.[1];
  return name !== undefined && name.length <= 64 ? name : undefined;
}

function extensionOf(language: string): string {
  const known = language.toLowerCase().replace(/:.*$/, '');
  return EXTENSIONS.get(known) ?? (/^[a-z][a-z0-9]{0,9}$/.test(known) ? known : 'txt');
}

function readPairs(pairs: string): Map<string, string> {
  return new Map(
    pairs
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split(':') as [string, string]),
  );
}
