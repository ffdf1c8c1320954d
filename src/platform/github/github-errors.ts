import { LockstepError } from "../../model/error.ts";
import { isObj } from "../../model/json.ts";

/** What was tried, and where. */
interface Tried {
  /** Such as `create a comment`. */
  readonly what: string;
  /** The permission that it takes, as a workflow names it. */
  readonly permission: string;
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  readonly signal: AbortSignal;
}

/** The HTTP status of an error of the client; 0 for every other. */
export function statusOf(error: unknown): number {
  return error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 0;
}

/** An error of the client in our words. What GitHub says is cut: it may repeat what was sent. */
export function explain(error: unknown, tried: Tried): LockstepError {
  const { what, permission, owner, repo, signal } = tried;
  if (error instanceof LockstepError) return error;
  if (signal.aborted && signal.reason instanceof LockstepError) return signal.reason;
  const status = statusOf(error);
  const headers = headersOf(error);
  const said = firstLine(error);
  const where = `${owner}/${repo}`;
  if (status === 401) {
    const hint = "Pass the job's own token: `GITHUB_TOKEN: ${{ github.token }}`.";
    return new LockstepError(
      "github-login",
      `GitHub does not know the token (401): could not ${what} of ${where}`,
      hint,
    );
  }
  if (status === 429 || isLimit(status, said, headers)) {
    const hint = "Run the job again later, or let fewer jobs use this token.";
    return new LockstepError(
      "github-rate-limit",
      `GitHub's rate limit does not allow to ${what} of ${where} (${status})`,
      hint,
    );
  }
  if (status === 403) {
    const needed = headers["x-accepted-github-permissions"];
    const asked = typeof needed === "string" && needed !== "" ? ` (GitHub asks for ${needed.slice(0, 100)})` : "";
    const message = `The token may not ${what} of ${where} (403): it lacks the permission ${permission}${asked}`;
    return new LockstepError("github-permission", message, permissionHint(permission));
  }
  if (status === 404) {
    const hint = "Check GITHUB_REPOSITORY, and that the token may see the repository.";
    return new LockstepError("github-not-found", `GitHub finds nothing to ${what} of ${where} (404)`, hint);
  }
  return otherError(status, said, tried);
}

function otherError(status: number, said: string, { what, owner, repo, apiUrl }: Tried): LockstepError {
  const where = `${owner}/${repo}`;
  if (status === 0 || status >= 500) {
    const found = status === 0 ? `no answer (${said})` : `status ${status}`;
    const hint = "Check GITHUB_API_URL and the network, and run the job again.";
    return new LockstepError("github-unreachable", `Cannot ${what} of ${where} at ${originOf(apiUrl)}: ${found}`, hint);
  }
  const hint = "Run it again; if it happens again, report it with this message.";
  return new LockstepError("github-refused", `GitHub refuses to ${what} of ${where} (${status}): ${said}`, hint);
}

function permissionHint(permission: string): string {
  return (
    `Add \`${permission}\` below \`permissions:\` of the job. ` +
    "Jobs for pull requests from forks may only read: there, use --artifact and let a `workflow_run` job post it."
  );
}

function firstLine(error: unknown): string {
  const [line = ""] = error instanceof Error ? error.message.split("\n") : [];
  return line.slice(0, 300);
}

function isLimit(status: number, said: string, headers: Headers): boolean {
  return status === 403 && (/rate limit/i.test(said) || headers["x-ratelimit-remaining"] === "0");
}

type Headers = { readonly [name: string]: unknown };

function headersOf(error: unknown): Headers {
  const response = error instanceof Error && "response" in error ? error.response : undefined;
  const headers = typeof response === "object" && response !== null && "headers" in response ? response.headers : {};
  return isObj(headers) ? headers : {};
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : JSON.stringify(url.slice(0, 100));
}
