# Any release of Node that the tests run on: 20.19 or newer.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-slim AS build
WORKDIR /app
# Before the source: as long as these do not change, the packages come from the cache.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY prisma.config.ts tsconfig.json tsconfig.build.json tsconfig.client.json schema.graphql ./
COPY prisma prisma
COPY src src
COPY web web
# Prisma's command line and its peers count as optional: without the second --omit they would stay.
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:${NODE_VERSION}-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/prisma prisma
COPY package.json schema.graphql LICENSE ./
# The code belongs to root, so that the process cannot change it; it writes to the embedded database alone.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
# Whether the process runs. Whether it reaches its database, /health/ready says: no reason to restart it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js", "serve"]
