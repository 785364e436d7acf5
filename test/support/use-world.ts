import { afterAll, afterEach, beforeAll, beforeEach, onTestFinished } from 'vitest';
import { World, type WorldOptions } from './world.ts';

type Prepare = (world: World) => Promise<unknown>;

/** A world that the tests of a file or a `describe` share: opened before the first and `prepare`d, stopped after the last. Each test turns the page. */
export function useWorld(options: WorldOptions = {}, prepare?: Prepare): World {
  const world = new World();
  beforeAll(async () => {
    await world.open(options);
    await prepare?.(world);
  });
  beforeEach(() => world.turnPage());
  afterAll(() => world.stop());
  return world;
}

/** A world of each test's own, for what cannot be shared: opened before it and `prepare`d, stopped after it. */
export function useWorldForEach(options: WorldOptions = {}, prepare?: Prepare): World {
  const world = new World();
  beforeEach(async () => {
    await world.open(options);
    await prepare?.(world);
  });
  afterEach(() => world.stop());
  return world;
}

/** A world that each test opens as it needs it; stopped after the test. */
export function useWorldToOpen(): World {
  const world = new World();
  afterEach(() => world.stop());
  return world;
}

/** Opens a world of this test's own; stopped after the test. For tests beside each other, pass their own `onTestFinished`. */
export async function openWorld(options: WorldOptions = {}, atEnd = onTestFinished): Promise<World> {
  const world = new World();
  atEnd(() => world.stop());
  await world.open(options);
  return world;
}
