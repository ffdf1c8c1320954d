/** Somebody's text on GitHub, as far as it may be ours. */
export interface HostText {
  readonly id: number;
  readonly body: string;
  /** Was it written by a bot, or by somebody who may write to the repository? A marker in any other text is not ours. */
  readonly isTrusted: boolean;
}

/** A remark at a line of a file. */
export interface CheckNote {
  readonly file: string;
  readonly line: number;
  readonly level: "error" | "warning" | "note";
  readonly title: string;
  readonly message: string;
}

/** A check of a commit that is done. */
export interface DoneCheck {
  readonly name: string;
  readonly commit: string;
  readonly conclusion: "success" | "neutral" | "failure";
  readonly title: string;
  readonly summary: string;
  readonly notes: readonly CheckNote[];
}

/** Where a branch is proposed from. */
export interface ProposedBranch {
  readonly owner: string;
  readonly branch: string;
  readonly commit: string;
}

/** An open pull request from a branch of the same repository. */
export interface Proposal {
  readonly number: number;
  readonly branch: string;
}

/** Port: one repository on GitHub. Everything throws LockstepError `github-permission` (naming the permission) and other `github-…`. */
export interface CodeHost {
  /** The commit that a pull request asks to merge now. */
  headOf(pull: number): Promise<string>;
  /** The open pull request of a branch with exactly this commit; undefined when there is none. */
  pullOf(branch: ProposedBranch): Promise<number | undefined>;
  /** All comments of a pull request or issue, the oldest first. */
  comments(issue: number): Promise<readonly HostText[]>;
  createComment(issue: number, body: string): Promise<number>;
  /** False when somebody has deleted it. */
  updateComment(id: number, body: string): Promise<boolean>;
  deleteComment(id: number): Promise<void>;
  /** Records a check, its notes in batches as large as GitHub takes. */
  recordCheck(check: DoneCheck): Promise<void>;
  /** Sets or takes away a label. */
  label(issue: number, name: string, isSet: boolean): Promise<void>;
  /** Open pull requests into a branch from branches of this repository whose name begins so, the oldest first. */
  proposals(base: string, prefix: string): Promise<readonly Proposal[]>;
  createPull(pull: {
    readonly branch: string;
    readonly base: string;
    readonly title: string;
    readonly body: string;
  }): Promise<number>;
  updatePull(number: number, change: { readonly title: string; readonly body: string }): Promise<void>;
  /** All open issues that are no pull requests, the oldest first. */
  openIssues(): Promise<readonly HostText[]>;
  createIssue(title: string, body: string): Promise<number>;
  updateIssue(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly close?: true },
  ): Promise<void>;
}

/** A run of a workflow: a later run, or a later attempt of the same, knows better. */
export interface Run {
  readonly number: number;
  readonly attempt: number;
}
