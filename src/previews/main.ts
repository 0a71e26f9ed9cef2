// `npm run emails`: writes a file for every preview into emails/previews and serves them. With
// words, as in `npm run emails -- order_confirmation`, it writes only previews with one of them in
// the path. Then a change shows at once, while all previews take the server some seconds.

import { spawn } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { previews } from '../../emails/_kit/preview.ts'

const PORT = 3010

const folder = fileURLToPath(new URL('../../emails/previews', import.meta.url))
const kit = fileURLToPath(new URL('../../emails/_kit/preview.ts', import.meta.url))

const wanted = process.argv.slice(2)
const all = [...previews()]
const chosen = wanted.length
  ? all.filter(([path]) => wanted.some((word) => path.includes(word)))
  : all

await rm(folder, { recursive: true, force: true })
for (const [path, preview] of chosen) {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  const from = relative(dirname(file), kit).replaceAll('\\', '/')
  await writeFile(
    file,
    `import { preview } from '${from}'\n\nexport default preview(${JSON.stringify(preview)})\n`,
  )
}
console.log(`${chosen.length} of ${all.length} previews are in emails/previews`)

spawn('email', ['dev', '--dir', 'emails', '--port', String(PORT)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
  .on('error', () => {
    console.error('react-email’s command is missing: run npm ci first')
    process.exitCode = 1
  })
  .on('exit', (code) => {
    process.exitCode = code ?? 1
  })
