import { Component, type ReactNode } from 'react';

interface Props {
  /** What may fail. Pass `attempt` as the `fetchKey` of its queries, so that the next attempt asks the server. */
  readonly children: (attempt: number) => ReactNode;
}

interface State {
  readonly error: Error | null;
  readonly attempt: number;
}

/** Shows the error of a query in place of what needs the query, with a button to try again. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, attempt: 0 };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  override render(): ReactNode {
    const { error, attempt } = this.state;
    if (!error) return this.props.children(attempt);
    return (
      <p role="alert">
        {error.message}{' '}
        <button type="button" onClick={() => this.setState({ error: null, attempt: attempt + 1 })}>
          Try again
        </button>
      </p>
    );
  }
}
