// Faults of Redis, for the doctor.

import { configured, type FaultRow } from './fault.ts'

export const redisFaults: readonly FaultRow[] = [
  [
    'redis_unreachable',
    'nobody is at REDIS_URL',
    { settings: { REDIS_URL: 'redis://:hush@127.0.0.1:1' }, status: 1, mend: /Start Redis/ },
  ],
  [
    'redis_without_aof',
    'there is no append-only file',
    { plant: configured('appendonly', 'no'), status: 1, mend: /appendonly to yes.*REWRITE/ },
  ],
  [
    'redis_evicts',
    'Redis may remove keys',
    { plant: configured('maxmemory-policy', 'allkeys-lru'), status: 1, mend: /to noeviction/ },
  ],
  [
    'redis_syncs_late',
    'it syncs once a second',
    { plant: configured('appendfsync', 'everysec'), status: 0, mend: /to always/ },
  ],
  [
    'redis_refuses_writes',
    'too few replicas are there',
    { plant: configured('min-replicas-to-write', '1'), status: 1, mend: /log of Redis/ },
  ],
  [
    'redis_replica',
    'it is a replica',
    {
      plant: ({ redis }) => redis.call('REPLICAOF', '127.0.0.1', '1'),
      ...{ status: 1, mend: /lead to the primary/ },
    },
  ],
  [
    'redis_nearly_full',
    'its memory is nearly full',
    {
      plant: async ({ redis }) => {
        const [, used = ''] = /used_memory:(\d+)/.exec(await redis.info('memory')) ?? []
        await redis.config('SET', 'maxmemory', String(Math.ceil(Number(used) * 1.15)))
      },
      ...{ status: 0, mend: /maxmemory/ },
    },
  ],
  [
    'redis_settings_hidden',
    'it refuses CONFIG',
    {
      plant: ({ redis }) =>
        redis.call('ACL', 'SETUSER', 'limited', 'on', '>hush', '~*', '&*', '+@all', '-config'),
      settings: ({ settings }) => ({
        REDIS_URL: `${settings.REDIS_URL}`.replace('//', '//limited:hush@'),
      }),
      ...{ status: 1, mend: /REDIS_DURABILITY=assumed/ },
    },
  ],
]
