// Closes resources in the opposite order of their opening, all of them, whatever fails on the way.

export const createReleases = () => {
  const releases: (() => unknown)[] = []
  return {
    /** Registers how a resource is released, and hands the resource back. */
    add: <T>(resource: T, release: (resource: T) => unknown): T => {
      releases.push(() => release(resource))
      return resource
    },
    /** Runs every release, last in first out; afterwards throws the first error, if any. */
    close: async () => {
      const errors: unknown[] = []
      for (let release = releases.pop(); release; release = releases.pop()) {
        try {
          await release()
        } catch (error) {
          errors.push(error)
        }
      }
      if (errors.length > 0) throw errors[0]
    },
  }
}

export type Releases = ReturnType<typeof createReleases>
