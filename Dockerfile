# One image for the three services; compose.yaml says which one a container runs. Written to the contract of
# docs/operations.md and not yet built by us: there was no container engine where this was made.
FROM node:22-bookworm-slim
WORKDIR /app
COPY . .
RUN node scripts/build.mjs && chown -R node:node /app
USER node
ENV NODE_ENV=production
CMD ["node", "scripts/run.mjs", "backend/rest_service/src/main.ts"]
