package io.camelnotebook.publish;

/** Whatever else Camel has a component for. */
record OtherDestination() implements DestinationKind {}
