export default function OpenCase() {
  return null;
}
