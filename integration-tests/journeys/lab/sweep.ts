import { sweep } from './network';

/** After all tests, also when a worker was killed. */
export default sweep;
