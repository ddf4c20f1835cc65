import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export type TestGroup = {
  /** Where `bun test` runs: the nearest folder with a `bunfig.toml`, else the repository. */
  readonly folder: string;
  /** Relative to `folder`. */
  readonly files: readonly string[];
};

const FOLDERS = "{packages,backend,frontend,standalone,tests,scripts,bench}";

/** What a run is of: files below `under` (a folder, or all when empty) whose path has one of `names` in it, if there are any. */
export type Wanted = { readonly under: string; readonly names: readonly string[] };

/** Reads `[--under FOLDER] [NAME …]`. */
export function wantedBy(args: readonly string[]): Wanted {
  return args[0] === "--under" ? { under: args[1] ?? "", names: args.slice(2) } : { under: "", names: args };
}

/** The `*.test.ts(x)` that are wanted. */
export function findTestGroups(root: string, wanted: Wanted): readonly TestGroup[] {
  const files = scan(root, `${FOLDERS}/**/*.test.{ts,tsx}`, wanted);
  const byFolder = Map.groupBy(files, (file) => configuredFolder(root, file));
  return [...byFolder].map(([folder, members]) => ({
    folder: join(root, folder),
    files: members.map((file) => `./${relative(folder, file)}`),
  }));
}

/** Starts a Redis in all of its tests, and is not skipped of its own accord (`skipIf`) where there is none. */
export function needsRedis(file: string): boolean {
  const text = readFileSync(file, "utf8");
  return /\bstart(Redis\w*|Run)\b/.test(text) && !text.includes("skipIf");
}

/** The groups without the files that `leaveOut` names, and how many these are. */
export function withoutFiles(
  groups: readonly TestGroup[],
  leaveOut: (file: string) => boolean,
): { readonly groups: readonly TestGroup[]; readonly leftOut: number } {
  const kept = groups.map(({ folder, files }) => ({
    folder,
    files: files.filter((file) => !leaveOut(join(folder, file))),
  }));
  const count = (some: readonly TestGroup[]) => some.reduce((sum, { files }) => sum + files.length, 0);
  return { groups: kept.filter(({ files }) => files.length > 0), leftOut: count(groups) - count(kept) };
}

/** The `*.e2e.ts` that are wanted. */
export function findEndToEndFiles(root: string, wanted: Wanted): readonly string[] {
  return scan(root, "tests/e2e/**/*.e2e.ts", wanted);
}

function scan(root: string, pattern: string, { under, names }: Wanted): readonly string[] {
  return [...new Bun.Glob(pattern).scanSync({ cwd: root })]
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file) && file.startsWith(under))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name.replace(/^\.\//, ""))))
    .sort();
}

function configuredFolder(root: string, file: string): string {
  for (let folder = dirname(file); folder !== "."; folder = dirname(folder)) {
    if (existsSync(join(root, folder, "bunfig.toml"))) return folder;
  }
  return "";
}
