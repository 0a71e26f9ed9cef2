// The files of docs/deploy/kubernetes: their settings, ports, routes and names are those of Postern and of each other.

import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readConfig, settingNames } from '../../src/config.ts'
import { healthRoutes } from '../../src/runtime/health.ts'
import { requiredSettings } from '../support/required-settings.ts'
import { textOf } from '../support/watching.ts'

const KUBERNETES = 'docs/deploy/kubernetes'

/** As Kubernetes reads them: by YAML 1.1. */
const objectsOf = (file: string) =>
  parseAllDocuments(textOf(`${KUBERNETES}/${file}`), { version: '1.1' }).map((one) => one.toJS())

const kustomization = parse(textOf(`${KUBERNETES}/kustomization.yaml`))
const settings: string[] = kustomization.configMapGenerator[0].literals

const namedValues = (list: { name: string; value: string }[]) =>
  Object.fromEntries(list.map(({ name, value }) => [name, value]))

describe.each([
  ['web', 'port'],
  ['worker', 'workerPort'],
] as const)('the manifests of the role %s', (role, port) => {
  const [deployment, ...others] = objectsOf(`${role}.yaml`)
  const budget = others.find(({ kind }) => kind === 'PodDisruptionBudget')
  const { template, selector, replicas } = deployment.spec
  const { containers, volumes, securityContext, terminationGracePeriodSeconds } = template.spec
  const [container] = containers
  const { ENV_FILE, ...env } = namedValues(container.env)

  test('start this role, on the port that Kubernetes asks', () => {
    const given = Object.fromEntries(settings.map((one) => one.split('=')))
    for (const name of Object.keys({ ...env, ...given })) expect(settingNames).toContain(name)
    const redis = 'rediss://redis.example.com'
    const config = readConfig({ ...requiredSettings(redis), ...given, ...env })
    expect([config.role, config[port]]).toEqual([role, container.ports[0].containerPort])
    expect(container.envFrom).toEqual([{ configMapRef: { name: 'postern' } }])
  })

  test('ask routes that exist', async () => {
    for (const probe of [container.readinessProbe, container.livenessProbe]) {
      expect(probe.httpGet.port).toBe(container.ports[0].name)
      expect((await healthRoutes({}).request(probe.httpGet.path)).status).toBe(200)
    }
    expect(container.livenessProbe.httpGet.path).toBe('/healthz')
    expect(container.readinessProbe.httpGet.path).toBe('/readyz')
  })

  test('read the file of the Secret', () => {
    expect(volumes).toEqual([
      { name: 'settings', secret: { secretName: 'postern', defaultMode: 0o440 } },
    ])
    expect(container.volumeMounts).toEqual([
      { name: 'settings', mountPath: '/run/postern', readOnly: true },
    ])
    expect(ENV_FILE).toBe('/run/postern/.env')
    const created = 'kubectl create secret generic postern --from-file=.env\n'
    expect(textOf(`${KUBERNETES}/kustomization.yaml`)).toContain(created)
  })

  test('run the image as it is, not as root, and without a disk to write to', () => {
    expect(container).not.toHaveProperty('command')
    expect(container.image).toBe(kustomization.images[0].name)
    expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 })
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  })

  test('leave Postern the time that it gives itself to close', () => {
    const [, closing] = /CLOSE_TIMEOUT = (\d+) \* SECOND/.exec(textOf('src/run.ts')) ?? []
    const { DRAIN_SECONDS: drain = 0 } = env
    if (role === 'web') expect(Number(drain)).toBeGreaterThan(0)
    expect(terminationGracePeriodSeconds).toBeGreaterThan(Number(closing) + Number(drain))
  })

  test('find their pods, and leave one of them running', () => {
    const { labels } = template.metadata
    expect([selector.matchLabels, budget.spec.selector.matchLabels]).toEqual([labels, labels])
    expect(budget.spec.minAvailable).toBeLessThan(replicas)
    const service = others.find(({ kind }) => kind === 'Service')
    if (role === 'web') expect(service.spec.selector).toEqual(labels)
  })
})

test('the manifests are all named, and scale the Deployment that there is', () => {
  const files = readdirSync(
    fileURLToPath(new URL(`../../${KUBERNETES}`, import.meta.url)),
  ).toSorted()
  const [scaled] = objectsOf('worker-scaling.yaml')
  const [worker] = objectsOf('worker.yaml')
  expect(files).toEqual([
    'kustomization.yaml',
    ...['web', 'worker-scaling', 'worker'].map((one) => `${one}.yaml`),
  ])
  expect(kustomization.resources).toEqual(['web.yaml', 'worker.yaml'])
  expect(scaled.spec.scaleTargetRef.name).toBe(worker.metadata.name)
  expect(scaled.spec.minReplicaCount).toBe(worker.spec.replicas)
  expect(kustomization.images[0].newTag).toBe(JSON.parse(textOf('package.json')).version)
})
