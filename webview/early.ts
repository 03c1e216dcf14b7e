/** Runs in the lab's page while the lab's own script still comes. */
import { fetchEarly } from './workers.ts';

fetchEarly();
