import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Makes a build of the project in `dir` that speaks another version of the contracts: the built code with its version number changed.
 * `messages`: the version that its message jobs state. Resolves to where its apps lie.
 */
export async function makeOtherBuild(dir: string, versions: { contract: number; messages: number }): Promise<string> {
  await mkdir(join(dir, 'node_modules', '@signalbox'), { recursive: true });
  const packages = (await readdir(join(root, 'node_modules'))).filter((name) => name !== '@signalbox');
  await Promise.all(packages.map((name) => symlink(join(root, 'node_modules', name), join(dir, 'node_modules', name))));
  const projects = [
    'apps/bot',
    'apps/worker',
    'libs/contracts',
    'libs/service',
    'libs/queues',
    'libs/sessions',
    'libs/claude',
    'libs/homelab',
  ];
  await Promise.all(projects.map((project) => copyProject(project, dir)));
  await setVersions(join(dir, 'libs/contracts/dist/base/version.js'), versions);
  return dir;
}

async function copyProject(project: string, dir: string): Promise<void> {
  const [from, to] = [join(root, project), join(dir, project)];
  await cp(join(from, 'dist'), join(to, 'dist'), { recursive: true });
  await cp(join(from, 'package.json'), join(to, 'package.json'));
  await symlink(join(from, 'node_modules'), join(to, 'node_modules'));
  await symlink(to, join(dir, 'node_modules', '@signalbox', project.split('/')[1] ?? ''));
}

async function setVersions(
  file: string,
  { contract, messages }: { contract: number; messages: number },
): Promise<void> {
  const code = await readFile(file, 'utf8');
  const changed = code
    .replace(/CONTRACT_VERSION = \d+/, `CONTRACT_VERSION = ${contract}`)
    .replace(/message: \d+/, `message: ${messages}`);
  if (!changed.includes(`CONTRACT_VERSION = ${contract};`) || !changed.includes(`message: ${messages},`)) {
    throw new Error(`Expected the versions of the contracts in ${file}, got:\n${code.slice(0, 800)}`);
  }
  await writeFile(file, changed);
}
