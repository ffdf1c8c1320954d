import type { CheckNote, CodeHost, HostText } from "../../model/code-host.ts";
import { explain, statusOf } from "./github-errors.ts";
import { Octokit, paginateRest, retry, throttling } from "./octokit.ts";

/** Which repository, and how it is reached. */
export interface GitHubAccess {
  /** Origin and path of the REST API: `https://api.github.com`, or that of an Enterprise server. */
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** Name and version of this program. */
  readonly tool: string;
  readonly signal: AbortSignal;
  /** Told before a rate limit is waited for. */
  readonly note: (message: string) => void;
  /** Milliseconds that a second of waiting takes; 1,000 unless given. */
  readonly second?: number | undefined;
}

/** Notes that GitHub takes in one request (REST, "Create a check run"). */
const NOTES_PER_REQUEST = 50;

/** The longest wait for a rate limit; a job is not kept waiting for the primary limit's whole hour. */
const LONGEST_WAIT_S = 15 * 60;

/** How often a request waits for a rate limit. */
const WAITS = 4;

/** Writers of a repository; GitHub says so with each text. */
const WRITERS: ReadonlySet<string> = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

interface RestText {
  readonly id: number;
  readonly body?: string | null | undefined;
  readonly user?: { readonly type?: string } | null;
  readonly author_association?: string;
}

function hostText({ id, body, user, author_association }: RestText): HostText {
  return { id, body: body ?? "", isTrusted: user?.type === "Bot" || WRITERS.has(author_association ?? "") };
}

/** Opens a repository on GitHub. Nothing is sent yet. */
export function openGitHub(access: GitHubAccess): CodeHost {
  const octokit = clientOf(access);
  const at = { owner: access.owner, repo: access.repo };
  const asked = async <Result>(what: string, permission: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw explain(error, { what, permission, ...access });
    }
  };
  return {
    headOf: (pull) =>
      asked("read the pull request", "pull-requests: read", async () => {
        const { data } = await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
          ...at,
          pull_number: pull,
        });
        return data.head.sha;
      }),
    pullOf: ({ owner, branch, commit }) =>
      asked("list pull requests", "pull-requests: read", async () => {
        const pulls = await octokit.paginate("GET /repos/{owner}/{repo}/pulls", {
          ...at,
          state: "open",
          head: `${owner}:${branch}`,
          per_page: 100,
        });
        return pulls.find(({ head }) => head.sha === commit)?.number;
      }),
    comments: (issue) =>
      asked("list comments", "pull-requests: read", async () => {
        const comments = await octokit.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
          ...at,
          issue_number: issue,
          per_page: 100,
        });
        return comments.map(hostText);
      }),
    createComment: (issue, body) =>
      asked("create a comment", "pull-requests: write", async () => {
        const { data } = await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
          ...at,
          issue_number: issue,
          body,
        });
        return data.id;
      }),
    updateComment: (id, body) =>
      asked("update a comment", "pull-requests: write", () =>
        unlessGone(async () => {
          await octokit.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
            ...at,
            comment_id: id,
            body,
          });
        }),
      ),
    deleteComment: (id) =>
      asked("delete a comment", "pull-requests: write", async () => {
        await unlessGone(async () => {
          await octokit.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...at, comment_id: id });
        });
      }),
    recordCheck: ({ name, commit, conclusion, title, summary, notes }) =>
      asked("write a check", "checks: write", async () => {
        const outputOf = (start: number) => ({
          title,
          summary,
          annotations: notes.slice(start, start + NOTES_PER_REQUEST).map(annotation),
        });
        const done = { status: "completed", conclusion } as const;
        const { data } = await octokit.request("POST /repos/{owner}/{repo}/check-runs", {
          ...at,
          name,
          head_sha: commit,
          ...(notes.length > NOTES_PER_REQUEST ? { status: "in_progress" } : done),
          output: outputOf(0),
        });
        for (let start = NOTES_PER_REQUEST; start < notes.length; start += NOTES_PER_REQUEST) {
          await octokit.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
            ...at,
            check_run_id: data.id,
            ...(start + NOTES_PER_REQUEST < notes.length ? {} : done),
            output: outputOf(start),
          });
        }
      }),
    label: (issue, name, isSet) =>
      asked("set a label", "pull-requests: write", async () => {
        const about = { ...at, issue_number: issue };
        if (isSet) {
          await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", {
            ...about,
            labels: [name],
          });
          return;
        }
        await unlessGone(async () => {
          await octokit.request("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", { ...about, name });
        });
      }),
    proposals: (base, prefix) =>
      asked("list pull requests", "pull-requests: read", async () => {
        const query = { ...at, state: "open", base, sort: "created", direction: "asc", per_page: 100 } as const;
        const pulls = await octokit.paginate("GET /repos/{owner}/{repo}/pulls", query);
        const own = `${access.owner}/${access.repo}`.toLowerCase();
        return pulls
          .filter(({ head }) => head.ref.startsWith(prefix) && head.repo?.full_name.toLowerCase() === own)
          .map(({ number, head }) => ({ number, branch: head.ref }));
      }),
    createPull: ({ branch, ...texts }) =>
      asked("open a pull request", "pull-requests: write", async () => {
        const { data } = await octokit.request("POST /repos/{owner}/{repo}/pulls", { ...at, ...texts, head: branch });
        return data.number;
      }),
    updatePull: (number, change) =>
      asked("update a pull request", "pull-requests: write", async () => {
        const about = { ...at, pull_number: number, ...change };
        await octokit.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", about);
      }),
    openIssues: () =>
      asked("list issues", "issues: read", async () => {
        const issues = await octokit.paginate("GET /repos/{owner}/{repo}/issues", {
          ...at,
          state: "open",
          sort: "created",
          direction: "asc",
          per_page: 100,
        });
        return issues
          .filter(({ pull_request: pull }) => pull === undefined)
          .map((issue) => ({ ...hostText(issue), id: issue.number }));
      }),
    createIssue: (title, body) =>
      asked("open an issue", "issues: write", async () => {
        const { data } = await octokit.request("POST /repos/{owner}/{repo}/issues", { ...at, title, body });
        return data.number;
      }),
    updateIssue: (number, { title, body, close }) =>
      asked("update an issue", "issues: write", async () => {
        await octokit.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
          ...at,
          issue_number: number,
          ...(title === undefined ? {} : { title }),
          ...(body === undefined ? {} : { body }),
          ...(close === undefined ? {} : { state: "closed", state_reason: "completed" }),
        });
      }),
  };
}

function annotation({ file, line, level, title, message }: CheckNote) {
  const annotation_level = ({ error: "failure", warning: "warning", note: "notice" } as const)[level];
  return { path: file, start_line: line, end_line: line, annotation_level, title, message };
}

/** @returns false when what the request is about is not there any more */
async function unlessGone(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if ([404, 410].includes(statusOf(error))) return false;
    throw error;
  }
}

const Client = Octokit.plugin(paginateRest, retry, throttling);

function clientOf({ apiUrl, token, tool, signal, note, second = 1000, owner, repo }: GitHubAccess) {
  const waits = (limit: string) => (seconds: number, _options: object, _octokit: object, retries: number) => {
    if (retries >= WAITS || seconds > LONGEST_WAIT_S) return false;
    note(`GitHub's ${limit} rate limit is reached; waiting ${seconds} s`);
    return true;
  };
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  return new Client({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: tool.replace(" ", "/"),
    request: { signal },
    log: silent,
    retry: { retryAfterBaseValue: second, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
    throttle: {
      id: `${apiUrl}/${owner}/${repo}`,
      retryAfterBaseValue: second,
      onRateLimit: waits("primary"),
      onSecondaryRateLimit: waits("secondary"),
    },
  });
}
