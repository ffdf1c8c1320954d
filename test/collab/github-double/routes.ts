import { Ajv, type ValidateFunction } from "ajv";
import type { Pull, State, Token } from "./state.ts";

/** A request that has been let in. */
export interface Asked {
  readonly state: State;
  readonly token: Token;
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: { readonly [name: string]: unknown };
  readonly nextId: () => number;
  readonly userOf: (login: string) => { readonly login: string; readonly type: string; readonly association: string };
}

/** A status with a body; a list is given whole and paged by the server. */
export type Reply = readonly [status: number, body: unknown];

/** One operation of the REST description: its parameters and body, the permission that it needs, what it does. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly query: readonly string[];
  readonly check?: ValidateFunction;
  readonly needs: readonly [permission: string, level: "read" | "write"];
  readonly handle: (asked: Asked) => Reply;
}

const ajv = new Ajv({ strict: true, allErrors: true });

/** A body: the properties of the description, and nothing else. */
function bodyOf(properties: object, required: readonly string[] = []): ValidateFunction {
  return ajv.compile({ type: "object", additionalProperties: false, properties, required });
}

const TEXT = { type: "string" };
const LINE = { type: "integer", minimum: 1 };
const OUTPUT = {
  type: "object",
  additionalProperties: false,
  required: ["title", "summary"],
  properties: {
    title: TEXT,
    summary: { type: "string", maxLength: 65_535 },
    text: { type: "string", maxLength: 65_535 },
    annotations: {
      type: "array",
      maxItems: 50,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["path", "start_line", "end_line", "annotation_level", "message"],
        properties: {
          path: TEXT,
          start_line: LINE,
          end_line: LINE,
          annotation_level: { enum: ["notice", "warning", "failure"] },
          message: { type: "string", maxLength: 64 * 1024 },
          title: { type: "string", maxLength: 255 },
        },
      },
    },
  },
};
const CONCLUSION = { enum: ["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"] };
const STATUS = { enum: ["queued", "in_progress", "completed"] };
const COMMENT = bodyOf({ body: { type: "string", minLength: 1, maxLength: 65_536 } }, ["body"]);
const PULL_BODY = { type: "string", maxLength: 65_536 };
const PAGES = ["per_page", "page"];
const GONE: Reply = [404, { message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" }];

function commentAnswer({ userOf }: Asked, comment: State["comments"][number]): object {
  const { association, ...user } = userOf(comment.user);
  return { id: comment.id, body: comment.body, user, author_association: association };
}

function pullAnswer({ number, head: { sha, ref, owner }, state, base = "main" }: Pull): object {
  const repo = { full_name: `${owner}/contact-centre` };
  return { number, state, head: { sha, ref, repo, user: { login: owner } }, base: { ref: base } };
}

function issueAnswer({ userOf }: Asked, issue: State["issues"][number]): object {
  const { association, ...user } = userOf(issue.user);
  const { number, title, body, state } = issue;
  const labels = issue.labels.map((name) => ({ name }));
  const pull = issue.isPull ? { pull_request: { url: "" } } : {};
  return { id: 900_000 + number, number, title, body, state, labels, user, author_association: association, ...pull };
}

/** The operations that lockstep may use (docs.github.com/rest, version 2022-11-28), below `/repos/{owner}/{repo}`. */
export const ROUTES: readonly Route[] = [
  {
    method: "GET",
    pattern: /^\/pulls\/(\d+)$/,
    query: [],
    needs: ["pull_requests", "read"],
    handle: ({ state, params }) => {
      const pull = state.pulls.find(({ number }) => number === Number(params[0]));
      return pull === undefined ? GONE : [200, { ...pull, head: { sha: pull.head.sha, ref: pull.head.ref } }];
    },
  },
  {
    method: "GET",
    pattern: /^\/pulls$/,
    query: [...PAGES, "state", "head", "base", "sort", "direction"],
    needs: ["pull_requests", "read"],
    handle: ({ state, query }) => {
      const wanted = state.pulls.filter(
        ({ head, base = "main", state: now }) =>
          (query.get("head") ?? `${head.owner}:${head.ref}`) === `${head.owner}:${head.ref}` &&
          (query.get("base") ?? base) === base &&
          ["all", now].includes(query.get("state") ?? "open"),
      );
      return [200, wanted.map(pullAnswer)];
    },
  },
  {
    method: "POST",
    pattern: /^\/pulls$/,
    query: [],
    check: bodyOf({ title: TEXT, head: TEXT, base: TEXT, body: PULL_BODY, draft: { type: "boolean" } }, [
      "head",
      "base",
    ]),
    needs: ["pull_requests", "write"],
    handle: ({ state, body, nextId, token }) => {
      const { head: ref, base, title = "", body: text = "" } = body as { [name: string]: string };
      if (state.pulls.some((one) => one.head.ref === ref && one.state === "open"))
        return [422, { message: "Validation Failed", errors: [{ message: "A pull request already exists" }] }];
      const pull = {
        number: nextId(),
        head: { sha: "", ref: ref ?? "", owner: "acme" },
        base: base ?? "",
        state: "open",
      } as const;
      state.pulls.push({ ...pull });
      const texts = { number: pull.number, title, body: text, user: token.login };
      state.issues.push({ ...texts, state: "open", labels: [], isPull: true, updates: 0 });
      return [201, pullAnswer(pull)];
    },
  },
  {
    method: "PATCH",
    pattern: /^\/pulls\/(\d+)$/,
    query: [],
    check: bodyOf({ title: TEXT, body: PULL_BODY, state: { enum: ["open", "closed"] }, base: TEXT }),
    needs: ["pull_requests", "write"],
    handle: ({ state, params, body }) => {
      const pull = state.pulls.find(({ number }) => number === Number(params[0]));
      const issue = state.issues.find(({ number }) => number === pull?.number);
      if (pull === undefined || issue === undefined) return GONE;
      Object.assign(issue, body, { updates: issue.updates + 1 });
      return [200, pullAnswer(pull)];
    },
  },
  {
    method: "GET",
    pattern: /^\/issues\/(\d+)\/comments$/,
    query: [...PAGES, "since"],
    needs: ["pull_requests", "read"],
    handle: (asked) => {
      const issue = Number(asked.params[0]);
      if (!asked.state.issues.some(({ number }) => number === issue)) return GONE;
      const comments = asked.state.comments.filter((comment) => comment.issue === issue);
      return [200, comments.map((comment) => commentAnswer(asked, comment))];
    },
  },
  {
    method: "POST",
    pattern: /^\/issues\/(\d+)\/comments$/,
    query: [],
    check: COMMENT,
    needs: ["pull_requests", "write"],
    handle: (asked) => {
      const issue = Number(asked.params[0]);
      if (!asked.state.issues.some(({ number }) => number === issue)) return GONE;
      const { login } = asked.token;
      const comment = { id: asked.nextId(), issue, body: String(asked.body["body"]), user: login, updates: 0 };
      asked.state.comments.push(comment);
      return [201, commentAnswer(asked, comment)];
    },
  },
  {
    method: "PATCH",
    pattern: /^\/issues\/comments\/(\d+)$/,
    query: [],
    check: COMMENT,
    needs: ["pull_requests", "write"],
    handle: (asked) => {
      const comment = asked.state.comments.find(({ id }) => id === Number(asked.params[0]));
      if (comment === undefined) return GONE;
      comment.body = String(asked.body["body"]);
      comment.updates += 1;
      return [200, commentAnswer(asked, comment)];
    },
  },
  {
    method: "DELETE",
    pattern: /^\/issues\/comments\/(\d+)$/,
    query: [],
    needs: ["pull_requests", "write"],
    handle: ({ state, params }) => {
      const at = state.comments.findIndex(({ id }) => id === Number(params[0]));
      if (at < 0) return GONE;
      state.comments.splice(at, 1);
      return [204, undefined];
    },
  },
  {
    method: "POST",
    pattern: /^\/check-runs$/,
    query: [],
    check: bodyOf({ name: TEXT, head_sha: TEXT, status: STATUS, conclusion: CONCLUSION, output: OUTPUT }, [
      "name",
      "head_sha",
    ]),
    needs: ["checks", "write"],
    handle: ({ state, body, nextId }) => {
      const check = { ...structuredClone(body), id: nextId() } as unknown as State["checks"][number];
      check.output.annotations ??= [];
      state.checks.push(check);
      return [201, { id: check.id }];
    },
  },
  {
    method: "PATCH",
    pattern: /^\/check-runs\/(\d+)$/,
    query: [],
    check: bodyOf({ name: TEXT, status: STATUS, conclusion: CONCLUSION, output: OUTPUT }),
    needs: ["checks", "write"],
    handle: ({ state, params, body }) => {
      const check = state.checks.find(({ id }) => id === Number(params[0]));
      if (check === undefined) return GONE;
      const { output, ...rest } = structuredClone(body) as Partial<State["checks"][number]>;
      // Annotations of later requests are added to those that are there.
      const annotations = [...check.output.annotations, ...(output?.annotations ?? [])];
      Object.assign(check, rest, { output: { ...check.output, ...output, annotations } });
      return [200, { id: check.id }];
    },
  },
  {
    method: "POST",
    pattern: /^\/issues\/(\d+)\/labels$/,
    query: [],
    check: bodyOf({ labels: { type: "array", minItems: 1, items: TEXT } }),
    needs: ["pull_requests", "write"],
    handle: ({ state, params, body }) => {
      const issue = state.issues.find(({ number }) => number === Number(params[0]));
      if (issue === undefined) return GONE;
      issue.labels = [...new Set([...issue.labels, ...(body["labels"] as string[])])];
      return [200, issue.labels.map((name) => ({ name }))];
    },
  },
  {
    method: "DELETE",
    pattern: /^\/issues\/(\d+)\/labels\/([^/]+)$/,
    query: [],
    needs: ["pull_requests", "write"],
    handle: ({ state, params }) => {
      const issue = state.issues.find(({ number }) => number === Number(params[0]));
      const name = decodeURIComponent(params[1] ?? "");
      if (issue === undefined || !issue.labels.includes(name)) return GONE;
      issue.labels = issue.labels.filter((label) => label !== name);
      return [200, issue.labels.map((label) => ({ name: label }))];
    },
  },
  {
    method: "GET",
    pattern: /^\/issues$/,
    query: [...PAGES, "state", "sort", "direction", "labels", "creator", "since"],
    needs: ["issues", "read"],
    handle: (asked) => {
      const open = asked.state.issues.filter(({ state }) => state === (asked.query.get("state") ?? "open"));
      return [200, open.map((issue) => issueAnswer(asked, issue))];
    },
  },
  {
    method: "POST",
    pattern: /^\/issues$/,
    query: [],
    check: bodyOf(
      { title: TEXT, body: { type: "string", maxLength: 65_536 }, labels: { type: "array", items: TEXT } },
      ["title"],
    ),
    needs: ["issues", "write"],
    handle: (asked) => {
      const { title, body = "" } = asked.body as { title: string; body?: string };
      const user = asked.token.login;
      const issue = {
        number: asked.nextId(),
        title,
        body,
        state: "open",
        labels: [],
        isPull: false,
        user,
        updates: 0,
      } as const;
      asked.state.issues.push({ ...issue, labels: [] });
      return [201, issueAnswer(asked, { ...issue, labels: [] })];
    },
  },
  {
    method: "PATCH",
    pattern: /^\/issues\/(\d+)$/,
    query: [],
    check: bodyOf({
      title: TEXT,
      body: { type: "string", maxLength: 65_536 },
      state: { enum: ["open", "closed"] },
      state_reason: { enum: ["completed", "not_planned", "duplicate", "reopened", null] },
    }),
    needs: ["issues", "write"],
    handle: (asked) => {
      const issue = asked.state.issues.find(({ number }) => number === Number(asked.params[0]));
      if (issue === undefined) return GONE;
      const { title = issue.title, body = issue.body, state = issue.state } = asked.body as Partial<typeof issue>;
      Object.assign(issue, { title, body, state, updates: issue.updates + 1 });
      return [200, issueAnswer(asked, issue)];
    },
  },
];
