/** What a repository of the double holds. */
export interface State {
  readonly pulls: Pull[];
  readonly issues: Issue[];
  readonly comments: Comment[];
  readonly checks: Check[];
  /** Everything that was asked, with the status of the answer. */
  readonly requests: { readonly method: string; readonly path: string; readonly status: number }[];
  /** What a request had that the REST description lacks; a test that leaves something here fails. */
  readonly violations: string[];
}

export interface Pull {
  readonly number: number;
  head: { readonly sha: string; readonly ref: string; readonly owner: string };
  readonly base?: string;
  state: "open" | "closed";
}

export interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  labels: string[];
  readonly isPull: boolean;
  readonly user: string;
  updates: number;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly user: string;
  updates: number;
}

export interface Check {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  status: string;
  conclusion?: string;
  output: { title: string; summary: string; annotations: unknown[] };
}

/** Who may do what, by token. */
export interface Token {
  readonly login: string;
  readonly type: "Bot" | "User";
  readonly association: "NONE" | "COLLABORATOR" | "OWNER";
  readonly permissions: { readonly [permission: string]: "read" | "write" };
}

/** The permissions that the documentation asks for. */
export const FULL_TOKEN: Token = {
  login: "github-actions[bot]",
  type: "Bot",
  association: "NONE",
  permissions: { pull_requests: "write", checks: "write", issues: "write", contents: "read" },
};

/** An answer that a request gets instead of its own. */
export interface Fault {
  readonly method: string;
  /** Part of the path. */
  readonly path: string;
  readonly status: number;
  readonly message: string;
  readonly headers?: { readonly [name: string]: string };
  /** How often. */
  times: number;
}

/** What the double is started with, and what a test changes over HTTP. */
export interface Settings {
  readonly pulls?: readonly {
    readonly number: number;
    readonly sha: string;
    readonly ref?: string;
    readonly owner?: string;
  }[];
  readonly comments?: readonly { readonly issue: number; readonly body: string; readonly user: string }[];
  readonly tokens?: { readonly [token: string]: Token };
  readonly faults?: readonly Fault[];
}
