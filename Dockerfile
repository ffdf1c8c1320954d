# The command line in an image of its own, built from a clone: docker build -t lockstep .
# The configuration and its .lockstep/ are mounted at /work; docs/ci.md shows it.
FROM node:20-bookworm-slim AS build
WORKDIR /lockstep
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund \
  && npm run build \
  && npm prune --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
# What a pull request changes is read from Git.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git ca-certificates \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /lockstep/package.json /lockstep/LICENSE /lockstep/Pulumi.yaml /lockstep/
COPY --from=build /lockstep/node_modules /lockstep/node_modules
COPY --from=build /lockstep/dist /lockstep/dist
COPY --from=build /lockstep/docs/ci /lockstep/docs/ci
COPY --from=build /lockstep/plugin /lockstep/plugin
COPY --from=build /lockstep/schemas /lockstep/schemas
COPY --from=build /lockstep/stacks /lockstep/stacks
RUN ln -s /lockstep/dist/cli/main.js /usr/local/bin/lockstep && chmod 755 /lockstep/dist/cli/main.js
USER node
WORKDIR /work
ENTRYPOINT ["lockstep"]
CMD ["--help"]
