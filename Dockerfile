# Two images: `services` for the three services (compose.yaml says which one a container runs), `proxy` for nginx with the
# frontend. Not yet built by us: there was no container engine where this was made; its steps were done by hand.
FROM node:22-bookworm-slim AS services
WORKDIR /app
COPY . .
RUN node scripts/build.mjs && chown -R node:node /app && rm -rf /root/.npm
USER node
ENV NODE_ENV=production
CMD ["node", "scripts/run.mjs", "backend/rest_service/src/main.ts"]

# Its entry point fills in the template from the environment.
FROM nginx:1.28-bookworm AS proxy
COPY --from=services /app/frontend/dist /usr/share/nginx/html
COPY ops/nginx.conf.template /etc/nginx/templates/default.conf.template
