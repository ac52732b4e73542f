import ArgumentParser
struct LifeTableCommand: ParsableCommand {}
struct DatasetsCommand: ParsableCommand {}
