import type { Entry } from "./entry.ts";

/** Pull requests, checks and issues on GitHub. */
export const PULL_REQUESTS = {
  "not-a-job": {
    meaning: "The command needs what GitHub Actions tells a job, such as `GITHUB_REPOSITORY`, and does not find it.",
    action: "Run it in a job, or give `lockstep pr --base BRANCH` to see the report without GitHub.",
  },
  "not-a-pull-request": {
    meaning: "The event that started the job has no pull request.",
    action: "Run `lockstep pr` on `pull_request`; for nightly runs there is `lockstep issue`.",
  },
  "not-a-workflow-run": {
    meaning: "The event that started the job tells of no finished run.",
    action: "Use `--from-artifact` in a workflow that runs on `workflow_run`.",
  },
  "artifact-refused": {
    meaning: "The artefact that was to be posted is not what the finished run should have written.",
    action: "Look at that run. An artefact of a pull request is not to be trusted; nothing of it was posted.",
  },
  "base-commit-missing": {
    meaning: "The working copy does not hold the commit that the pull request is compared with.",
    action: "Check out more of the history: `fetch-depth: 0` of `actions/checkout`.",
  },
  "git-unusable": {
    meaning: "The configuration is not in a Git working copy, or Git is not installed.",
    action: "Run the command in a checkout.",
  },
  "git-identity-missing": {
    meaning: "Git does not know whose name a commit is to bear.",
    action: "Set `user.name` and `user.email` with `git config`, or `GIT_AUTHOR_NAME` and the other variables of Git.",
  },
  "git-branch-missing": {
    meaning: "No branch is checked out, or it follows no branch of a remote, so that a commit has no place to go.",
    action: "Check out a branch, and set its upstream with `git branch --set-upstream-to`.",
  },
  "git-ignored": {
    meaning: "The directory that is to be committed is outside the working copy, or Git ignores it.",
    action: "Name a directory in the working copy with `-o`, or change `.gitignore`.",
  },
  "git-push-refused": {
    meaning: "The remote did not take the commit, for another reason than commits it had already.",
    action: "Read what the remote says; a protected branch takes commits by pull requests only.",
  },
  "pull-nothing-to-compare": {
    meaning: "There is neither a snapshot of an organisation in the repository nor a login to read it.",
    action: "Commit snapshots, or pass the secrets that `lockstep.yaml` names.",
  },
  "github-token-missing": {
    meaning: "`GITHUB_TOKEN` is not set.",
    action: "Pass it to the step: `GITHUB_TOKEN: ${{ github.token }}`.",
  },
  "github-login": {
    meaning: "GitHub does not know the token, or no longer.",
    action: "Pass the job's own token: `GITHUB_TOKEN: ${{ github.token }}`.",
  },
  "github-permission": {
    meaning: "The token lacks a permission; the message names it.",
    action:
      "Add it below `permissions:` of the job. For pull requests from forks, use `--artifact` and a `workflow_run` job.",
  },
  "github-not-found": {
    meaning: "GitHub finds no such repository or pull request, or the token may not see it.",
    action: "Check `GITHUB_REPOSITORY` and the token.",
  },
  "github-rate-limit": {
    meaning: "GitHub's rate limit was reached, and waiting did not help.",
    action: "Run the job again later.",
  },
  "github-unreachable": {
    meaning: "GitHub gives no usable answer.",
    action: "Check `GITHUB_API_URL` and the network, and run the job again.",
  },
  "github-refused": {
    meaning: "GitHub refuses a request for another reason; the message repeats it.",
    action: "Run the job again; if it happens again, report it.",
  },
} as const satisfies { readonly [code: string]: Entry };
