# Node 20.19 or newer; the tests run on 20 and 24.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-slim AS build
WORKDIR /app
# Copied before the source, so that the package layer stays cached until these change.
COPY package.json package-lock.json .npmrc ./
COPY packages/client/package.json packages/client/
COPY examples/apollo/package.json examples/apollo/
COPY examples/relay/package.json examples/relay/
COPY examples/urql/package.json examples/urql/
RUN npm ci
COPY prisma.config.ts tsconfig.json tsconfig.build.json schema.graphql ./
COPY prisma prisma
COPY src src
COPY packages/client/src packages/client/src
COPY web web
# npm counts Prisma's command line and its peers as optional; the second --omit removes them.
RUN npm run build && npm prune --omit=dev --omit=optional && rm -r node_modules/@doctrine-wire node_modules/example-*

FROM node:${NODE_VERSION}-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/prisma prisma
COPY package.json schema.graphql LICENSE ./
# Root owns the code, so the process cannot change it. It writes to /data only.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
# Checks that the process is alive. /health/ready also checks the database, whose failure is no reason to restart.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js", "serve"]
