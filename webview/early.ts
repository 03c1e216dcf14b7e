/** Runs in the lab's page while the lab's own script still comes: the host is told, and the worker fetched. */
import { openLine } from './page-host.ts';
import { fetchEarly } from './workers.ts';

openLine();
fetchEarly();
