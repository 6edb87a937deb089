/** The documents of an API as a page, by the Swagger UI that comes with Nest's OpenAPI module. */
import type { FastifyInstance } from 'fastify'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const TYPES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const page = (title: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"><div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', tryItOutEnabled: true })</script></html>`

export function serveDocs(fastify: FastifyInstance, title: string): void {
  const inSwagger = createRequire(import.meta.resolve('@nestjs/swagger'))
  fastify.get('/docs', async (_, reply) => reply.type('text/html; charset=utf-8').send(page(title)))
  for (const [name, type] of Object.entries(TYPES))
    fastify.get(`/docs/${name}`, async (_, reply) => reply.type(type).send(await readFile(inSwagger.resolve(`swagger-ui-dist/${name}`))))
}
