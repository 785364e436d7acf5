import type { Cloud } from '../cloud/cloud.ts';
import { type Acting, createActing } from './acting.ts';
import { createPopulation, type Population } from './population.ts';
import { createRaw, type Raw } from './raw.ts';
import { createSending, type Sending } from './sending.ts';

/** All that people can do. */
export type People = Sending & Acting & Population & Raw;

/** Makes what people do in this cloud. */
export function createPeople(cloud: Cloud): People {
  return { ...createSending(cloud), ...createActing(cloud), ...createPopulation(cloud), ...createRaw(cloud) };
}
