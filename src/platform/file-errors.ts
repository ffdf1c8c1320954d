import type { ErrorCode } from "../model/catalogue/codes.ts";
import { LockstepError } from "../model/error.ts";

const HINTS: { readonly [code: string]: string } = {
  EACCES: "Give this account the permission, or choose another place.",
  EPERM: "Give this account the permission, or choose another place.",
  EROFS: "The file system is read-only: choose another place.",
  ENOSPC: "Free some space on this disk, or choose another place.",
  EDQUOT: "The disk quota is used up: free some space, or choose another place.",
  ENOTDIR: "A part of this path is a file, not a directory: correct the path.",
  EEXIST: "A part of this path is a file, not a directory: correct the path.",
  EISDIR: "This is a directory: give the path of a file.",
  ENAMETOOLONG: "Choose a shorter path.",
  ELOOP: "The symbolic links of this path form a loop: correct them.",
  EMFILE: "Too many open files: raise the limit (`ulimit -n`).",
  EBUSY: "Another program uses it: close that one and try again.",
};

/** The system's code of a failed file operation, such as `ENOENT`; empty when the error is of another kind. */
export function systemCode(error: unknown): string {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}

/** The error for a file or directory that could not be read. Errors of lockstep stay as they are. */
export function unreadable(path: string, error: unknown): LockstepError {
  return fileError("file-unreadable", "read", path, error);
}

/** The error for a file or directory that could not be written. Errors of lockstep stay as they are. */
export function unwritable(path: string, error: unknown): LockstepError {
  return fileError("file-unwritable", "write", path, error);
}

/** The error for a directory in the place of a file that is to be written. */
export function isDirectory(path: string): LockstepError {
  return unwritable(path, Object.assign(new Error("is a directory"), { code: "EISDIR" }));
}

/** The error for a file that is not UTF-8. UTF-16 is told by its first two bytes (RFC 2781 §3.2) or by a NUL among the first. */
export function notUtf8(path: string, bytes: Uint8Array): LockstepError {
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = marked || bytes.subarray(0, 4).includes(0) ? "UTF-16" : "another encoding, such as Latin-1";
  return new LockstepError(
    "not-utf8",
    `${path} is not UTF-8 but ${encoding}`,
    "Save it as UTF-8. In an editor choose this encoding; on a command line: `iconv -f OLD -t UTF-8`.",
    { file: path },
  );
}

function fileError(code: ErrorCode, verb: string, path: string, error: unknown): LockstepError {
  if (error instanceof LockstepError) return error;
  const system = systemCode(error);
  const reason = system !== "" ? system : error instanceof Error ? error.message : String(error);
  const hint = HINTS[system] ?? "Check the path and its permissions.";
  return new LockstepError(code, `Cannot ${verb} ${path}: ${reason}`, hint, { file: path });
}
