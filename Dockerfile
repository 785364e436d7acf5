# Three images from one file; docker-compose.yml builds them with these targets:
#   app     the bot and the dashboard
#   worker  the same with what Claude works with: git, curl, ripgrep, ps
#
# The Claude CLI: its licence does not allow passing it on, so it is not part of an image unless you ask for it, for an image that
# stays on your own machine:
#   docker build --target worker --build-arg INSTALL_CLAUDE=1 .        (docker compose does this)
# Never publish an image that was built so. Without it, mount your own CLI and set CLAUDE_BIN.

FROM node:22-slim AS build
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/npm-cache npm ci --cache /npm-cache
RUN npm run build
# Left over is what runs: compiled code, its dependencies, the personas. The CLI is a development dependency, so it goes as well.
RUN npm prune --omit=dev \
  && rm -rf node_modules/.cache .nx test apps/simulator libs/simulator \
  && find apps libs -mindepth 2 -maxdepth 2 \( -name src -o -name testing -o -name '*.tsbuildinfo' \) -exec rm -rf {} +

FROM node:22-slim AS app
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app /app
# Named volumes take over the owner of what they are mounted on.
RUN mkdir -p /data/sessions /data/claude && chown -R node:node /data
USER node
CMD ["node", "apps/bot/dist/main.js"]

FROM app AS worker
USER root
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates curl git openssh-client procps ripgrep \
  && rm -rf /var/lib/apt/lists/*
ARG INSTALL_CLAUDE=0
RUN if [ "$INSTALL_CLAUDE" = 1 ]; then \
    version=$(node -p "require('./package.json').devDependencies['@anthropic-ai/claude-code']") \
    && npm install --global "@anthropic-ai/claude-code@$version" \
    && npm cache clean --force \
    && claude --version; \
  fi
USER node
CMD ["node", "apps/worker/dist/main.js"]
