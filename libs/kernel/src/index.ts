export * from './calendar';
export * from './canonical';
export * from './delays';
export * from './names';
export * from './permissions';
export * from './problem';
export * from './record';
export * from './vocabulary';
