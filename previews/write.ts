// Writes a file for every preview into emails/previews, where the preview server looks for them: `npm run emails`.

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { previews } from '../emails/_kit/preview.ts'

const folder = fileURLToPath(new URL('../emails/previews', import.meta.url))
const kit = fileURLToPath(new URL('../emails/_kit/preview.ts', import.meta.url))

await rm(folder, { recursive: true, force: true })
const all = previews()
for (const [path, preview] of all) {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  const from = relative(dirname(file), kit).replaceAll('\\', '/')
  await writeFile(
    file,
    `import { preview } from '${from}'\n\nexport default preview(${JSON.stringify(preview)})\n`,
  )
}
console.log(`${all.size} previews in emails/previews`)
