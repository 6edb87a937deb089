// Builds what changed: every service by Vite, the pages, the bundle of the workflows. Under Node 24.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { failWithHint } from './install.mjs'
import { Hint, ROOT } from './place.mjs'

/** Folder → entries: `src/<entry>.ts` becomes `dist/<entry>.js`. */
export const SERVICES = {
  'infra/issuer': ['main'],
  'services/directory': ['main'],
  'services/cases': ['main', 'print', 'relay', 'steps', 'urgent', 'watchdog'],
  'services/notifications': ['main'],
  'services/meetings': ['main'],
  'services/referrals': ['main'],
  'services/worker': ['main'],
  'services/web': ['main'],
}
const LIBRARIES = [
  'libs/*/src/**/*.ts',
  'workflows/*.ts',
  'workflows/src/**/*.ts',
  'package-lock.json',
  'tsconfig.base.json',
  'infra/dev/build.mjs',
]

const LOCK = join(ROOT, '.tirek', 'build.lock')

/** Two starts of one clone beside each other would write the same files: the second waits, and finds the work done. */
async function locked(say, work) {
  mkdirSync(dirname(LOCK), { recursive: true })
  for (let hasSaid = false; !take();) {
    if (isLeftBehind()) {
      rmSync(LOCK, { force: true })
      continue
    }
    if (!hasSaid) say('another start is building, waiting for it')
    hasSaid = true
    await new Promise((again) => setTimeout(again, 200))
  }
  try {
    return await work()
  } finally {
    rmSync(LOCK, { force: true })
  }
}

function take() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** By a build that was killed. */
function isLeftBehind() {
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'))
    // Empty: whoever made it is about to write, or had no room to.
    if (!pid) return Date.now() - statSync(LOCK).mtimeMs > 5_000
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Builds the parts whose sources changed since their last build; returns their names. */
export const build = ({ say = console.log, force = false, only } = {}) => locked(say, () => buildChanged({ say, force, only }))

async function buildChanged({ say, force, only }) {
  const built = []
  const failed = []
  const libraries = hashOf(LIBRARIES)
  const parts = [
    ...Object.entries(SERVICES).map(([folder, entries]) => ({
      name: folder,
      folder,
      globs: [`${folder}/src/**/*`, `${folder}/package.json`],
      work: () => buildService(folder, entries),
    })),
    {
      name: 'pages',
      folder: 'services/web',
      mark: 'client',
      globs: ['services/web/index.html', 'services/web/{client,public,src}/**/*'],
      work: async () => {
        await buildPages()
        compressPages()
      },
    },
    {
      name: 'workflows',
      folder: 'workflows',
      globs: ['workflows/build.mjs'],
      work: () => import(pathToFileURL(join(ROOT, 'workflows/build.mjs'))),
    },
  ]
  for (const { name, folder, mark = 'build', globs, work } of parts) {
    if (only && folder !== only) continue
    const stamp = join(ROOT, folder, 'dist', `.${mark}-hash`)
    const now = `${libraries} ${hashOf(globs)}`
    if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) continue
    const started = performance.now()
    try {
      // What is written from here on is whole only when it is stamped.
      rmSync(stamp, { force: true })
      await work()
    } catch (error) {
      failed.push(name)
      say(`${name} could not be built: ${error.message}`)
      continue
    }
    mkdirSync(join(ROOT, folder, 'dist'), { recursive: true })
    writeFileSync(stamp, now)
    built.push(name)
    say(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
  if (failed.length > 0) throw new Hint(`not built: ${failed.join(', ')}`)
  return built
}

function hashOf(globs) {
  const hash = createHash('sha256')
  for (const file of globSync(globs, { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()) {
    if (/\.test\.tsx?$/.test(file)) continue
    hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/**
 * Packages that are built in: what of them is not used takes no memory then, and one file takes less than hundreds. Whatever needs to stay one and
 * the same for other packages (`reflect-metadata`), or is not written as modules (Fastify, pg, TypeORM, Temporal), stays outside.
 */
const BUILT_IN = [/^@tirek\//, /^@nestjs\//, 'zod', 'libphonenumber-js', 'rxjs', 'iterare', 'es-toolkit']
/** Nest asks for `z.infer` at run time where it stands as a type beside a decorator: absent is what it means there. */
const MEANT = 'IMPORT_IS_UNDEFINED'

/** Each entry by itself: a process loads what it needs and nothing of the others. */
async function buildService(folder, entries) {
  const { build: vite, minifySync } = await import('vite')
  // The client lies beside it in `dist/client`, so the folder is not emptied as a whole.
  for (const old of globSync(['dist/*.js', 'dist/*.map', 'dist/chunks'], { cwd: join(ROOT, folder) }))
    rmSync(join(ROOT, folder, old), { recursive: true })
  for (const entry of entries)
    await vite({
      configFile: false,
      root: join(ROOT, folder),
      logLevel: 'warn',
      // Nest's decorators, spelt out: otherwise the compiler reads whichever tsconfig includes the file.
      oxc: { decorator: { legacy: true, emitDecoratorMetadata: true }, jsx: { runtime: 'automatic' } },
      ssr: { noExternal: BUILT_IN, target: 'node' },
      plugins: [oneLocaleOfZod],
      build: {
        ssr: true,
        target: 'node24',
        sourcemap: true,
        minify: false,
        emptyOutDir: false,
        outDir: 'dist',
        rolldownOptions: {
          input: { [entry]: join(ROOT, folder, 'src', `${entry}.ts`) },
          onLog: (level, log, say) => log.code !== MEANT && say(level, log),
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: `chunks/${entry}-[name]-[hash].js`,
            codeSplitting: { groups: [{ name: PACKAGES, test: /node_modules/ }] },
          },
        },
      },
    })
  // A process keeps the text of its scripts: that of packages without what only people read, and with one byte a letter.
  // Traces name our sources; the maps of the packages would be read by each process at its start.
  for (const file of globSync(`dist/chunks/*-${PACKAGES}-*.js`, { cwd: join(ROOT, folder) })) {
    const path = join(ROOT, folder, file)
    const { code, errors } = minifySync(path, readFileSync(path, 'utf8'), {
      module: true,
      compress: false,
      mangle: false,
      codegen: { removeWhitespace: true, legalComments: 'none' },
    })
    if (errors.length > 0) throw new Error(errors[0].message)
    writeFileSync(
      path,
      code.replaceAll(BEYOND_ONE_BYTE, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
    )
    rmSync(`${path}.map`)
  }
}
const BEYOND_ONE_BYTE = /[^\0-\xff]/g
/** Our messages are our own: of the fifty languages that zod speaks one is its default, the others are a quarter of a megabyte. */
const oneLocaleOfZod = {
  name: 'tirek-one-locale-of-zod',
  load: { filter: { id: /zod\/v4\/locales\/index\.js$/ }, handler: () => `export { default as en } from './en.js'` },
}
const PACKAGES = 'packages'

/** The page names the scripts that its first one loads, or the browser would learn of them only when that one has come. */
const pagesAhead = {
  name: 'tirek-pages-ahead',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const withImports = (files) => {
        const all = new Set(files)
        for (const file of all) for (const needed of bundle[file].imports) all.add(needed)
        return [...all]
      }
      const [begins] = Object.values(bundle).filter(({ isEntry }) => isEntry)
      const files = withImports(withImports([begins.fileName]).flatMap((file) => bundle[file].dynamicImports))
      return files
        .filter((file) => !html.includes(file))
        .map((file) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` }, injectTo: 'head' }))
    },
  },
}

/**
 * What the first page loads before it can be used comes in few files: what begins; packages, which stay as they are from one version of ours to the next;
 * and ours. Divided by who shares what it would be fifteen, each of them asked for by itself.
 */
function firstPage() {
  const known = new Map()
  const reached = (begin, graph) => {
    if (known.has(begin)) return known.get(begin)
    const seen = new Set()
    const open = [join(ROOT, 'services/web/src/client', begin)]
    for (let id = open.pop(); id; id = open.pop()) {
      if (seen.has(id)) continue
      seen.add(id)
      open.push(...(graph.getModuleInfo(id)?.importedIds ?? []))
    }
    known.set(begin, seen)
    return seen
  }
  const name = (file, graph) => {
    if (reached('main.ts', graph).has(file)) return 'beginning'
    if (!reached('app.tsx', graph).has(file)) return null
    return file.includes('node_modules') ? 'packages' : 'first'
  }
  return { includeDependenciesRecursively: false, groups: [{ debugName: 'first page', name }] }
}

/** What people are served, whatever the process around is: React for development is half as heavy again and slow. `more`: other settings of the build. */
export async function buildPages(more = { outDir: 'dist/client', emptyOutDir: true, chunkSizeWarningLimit: 2_000 }) {
  const [{ build: vite }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    return await vite({
      configFile: false,
      root: join(ROOT, 'services/web'),
      logLevel: 'warn',
      plugins: [react(), pagesAhead],
      build: { ...more, rolldownOptions: { output: { codeSplitting: firstPage() } } },
    })
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
}

/** Whoever serves the pages has no time for it: compressed as well as it can be, once. */
function compressPages() {
  for (const name of globSync('dist/client/**/*.{html,js,css,svg,json,webmanifest}', { cwd: join(ROOT, 'services/web') })) {
    const file = join(ROOT, 'services/web', name)
    const plain = readFileSync(file)
    if (plain.length <= LEAST_COMPRESSED) continue
    writeFileSync(`${file}.br`, brotliCompressSync(plain))
    writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }))
  }
}
const LEAST_COMPRESSED = 500

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    // As the target of one project: nx says which.
    const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined
    const built = await build({ force: process.argv.includes('--force'), only })
    if (built.length === 0) console.log('nothing to build')
  } catch (error) {
    failWithHint(error)
  }
}
