/**
 * Which project the current folder belongs to. `git` is never run: its files are read.
 *
 * @module
 */

import { readJudged } from "../files/judged_file.ts";
import { below, isAbsolute, lastPart, parentOf } from "../files/paths.ts";
import { originUrl } from "./git_configuration.ts";
import { projectName, repositoryPath } from "./project_name.ts";

/** The project of a folder. */
export interface WorkingProject {
  /** Its name, safe for file names, headers and secret references. */
  readonly name: string;
  /** `org/repo` of the origin, if there is one with both parts. */
  readonly repository?: string;
}

const LARGEST_GIT_FILE = 1024 * 1024;

/**
 * Looks for the repository that the current folder lies in, and reads its origin.
 *
 * @param chosen What the user calls the project, if they do.
 * @returns The project: as the user calls it, else named after the origin, else after the repository's folder, else after the
 * current folder; `unnamed` where the current folder has been deleted. Whatever is wrong with the
 * repository, this does not throw: a project name is not worth a failure.
 */
export function workingProject(chosen?: string): WorkingProject {
  const found = foundProject();
  return chosen === undefined ? found : { ...found, name: projectName(chosen) };
}

function foundProject(): WorkingProject {
  let current: string;
  try {
    current = Deno.cwd();
  } catch {
    return { name: projectName("") };
  }
  const repository = findRepository(current);
  const url = repository && originUrl(readConfiguration(repository.gitFolder));
  const path = url ? repositoryPath(url).map(projectName) : [];
  const last = path.at(-1);
  if (last === undefined) return { name: projectName(lastPart(repository?.folder ?? current)) };
  return path.length > 1 ? { name: last, repository: path.slice(-2).join("/") } : { name: last };
}

function findRepository(start: string): { folder: string; gitFolder: string } | undefined {
  let folder = start;
  while (true) {
    const candidate = below(folder, ".git");
    const info = stat(candidate);
    if (info?.isDirectory) return { folder, gitFolder: candidate };
    if (info?.isFile) return { folder, gitFolder: linkedGitFolder(folder, candidate) };
    const parent = parentOf(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/** The `.git` of a worktree or submodule is a file, `gitdir: PATH` [gitrepository-layout(5)]. */
function linkedGitFolder(folder: string, file: string): string {
  const target = /^gitdir: (.+)$/m.exec(readSmallFile(file))?.[1]?.trimEnd();
  if (target === undefined) return file;
  return isAbsolute(target) ? target : below(folder, target);
}

/** A worktree has its configuration in the folder that its file `commondir` names. */
function readConfiguration(gitFolder: string): string {
  const common = readSmallFile(below(gitFolder, "commondir")).trim();
  if (common === "") return readSmallFile(below(gitFolder, "config"));
  const folder = isAbsolute(common) ? common : below(gitFolder, common);
  return readSmallFile(below(folder, "config"));
}

function readSmallFile(path: string): string {
  try {
    const file = readJudged(path, isUnfit);
    return "problem" in file ? "" : new TextDecoder().decode(file.bytes);
  } catch {
    return "";
  }
}

function isUnfit({ isFile, size }: Deno.FileInfo): true | undefined {
  return isFile && size <= LARGEST_GIT_FILE ? undefined : true;
}

function stat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined;
  }
}
