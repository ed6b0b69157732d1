// PostgreSQL with pgvector in this process's memory, for those who have no server: node server.mjs [port]
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

const port = Number(process.argv[2] ?? 5432)
const db = await PGlite.create({ extensions: { vector } })
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port, maxConnections: 10 })
await server.start()
console.log(`Host=127.0.0.1;Port=${port};Username=postgres;Password=postgres;Database=postgres;SSL Mode=Disable`)

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await server.stop()
    await db.close()
    process.exit(0)
  })
}
