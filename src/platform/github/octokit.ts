// Bundled into the package by tools/bundle.mjs: what is installed with these packages is, for the most part, GitHub's description of
// its API as types, several times over.
export { Octokit } from "@octokit/core";
export { paginateRest } from "@octokit/plugin-paginate-rest";
export { retry } from "@octokit/plugin-retry";
export { throttling } from "@octokit/plugin-throttling";
