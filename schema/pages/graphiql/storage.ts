/** What GraphiQL would keep in localStorage, for as long as the page is open. */
export class MemoryStorage implements Pick<Storage, "getItem" | "setItem" | "removeItem" | "clear" | "length"> {
  private readonly values = new Map<string, string>();

  get length() {
    return this.values.size;
  }

  getItem(key: string) {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string) {
    this.values.set(key, value);
  }

  removeItem(key: string) {
    this.values.delete(key);
  }

  clear() {
    this.values.clear();
  }
}
